"""The simulations that a brief's folder holds, listed on the brief's page.

Comes in: a page of the brief and its folder. Goes out: the page with links to what stands under
``simulations/``. The page has a place for them, between two comments; whoever writes a page or a simulation
fills it anew, so that it does not matter which was written first.
"""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from foedus.brief.files import FOLDER
from foedus.brief.page import environment
from foedus.brief.words import Words, languages

__all__ = ["with_simulations"]

_BEGIN, _END = "<!--simulations-->", "<!--/simulations-->"
_LANGUAGE = re.compile(r'<html lang="([a-z]+)">')


Text = str | dict[str, str]


class _Listed(msgspec.Struct, frozen=True, kw_only=True):
    """What is read of an ``outcome.json`` (``title``) or a ``comparison.json`` (``titles``)."""

    title: Text | None = None
    titles: tuple[Text, ...] = ()
    draws: int


def with_simulations(page: str, out: Path) -> str:
    """Return a brief's page with links to the simulations in ``out``, in the page's own language."""
    before, begin, rest = page.partition(_BEGIN)
    _, end, after = rest.partition(_END)
    language = _LANGUAGE.search(before)
    if not begin or not end or language is None or language[1] not in languages():
        return page
    words = Words(language[1])
    found = []
    folder = out / FOLDER
    for path in sorted([*folder.glob("*/outcome.json"), *folder.glob("*/comparison.json")]):
        try:
            told = msgspec.json.decode(path.read_bytes(), type=_Listed)
        except (OSError, msgspec.MsgspecError):
            continue
        name = path.parent.name
        title = " / ".join(
            words.wording(t) for t in (told.titles if told.title is None else [told.title])
        )
        found.append((f"{FOLDER}/{name}/index.html", title, told.draws))
    filled = environment().get_template("listed.html").render(
        found=[(href, title, words.n("sim.draws", draws)) for href, title, draws in found],
        t=words.t,
    )  # fmt: skip
    return f"{before}{begin}{filled}{end}{after}"
