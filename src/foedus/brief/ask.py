"""Questions to a ledger that need more than one room: where the alliance stands, why, what a report holds.

Comes in: a ledger file or report files, and the dates of the question. Goes out: the statuses of
the mechanisms with their reasons, or the records of each report in turn. The command line calls
these, and so may a notebook.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

import msgspec

from foedus.acts import Record, Span
from foedus.address import Address
from foedus.alliance import Alliance, load_alliance, world_of
from foedus.alliance.records import MechanismStatus, Reason
from foedus.brief.declaration import Declaration, declaration
from foedus.brief.material import alliance_words
from foedus.brief.standing import position, status_words
from foedus.brief.words import Words
from foedus.brief.work import code_files
from foedus.ledger import Ledger
from foedus.ledger.records import Citation
from foedus.report.records import Failure, LeftOut
from foedus.world import World

__all__ = [
    "Answer",
    "ask_declaration",
    "ask_status",
    "ask_why",
    "code_reports",
    "explained_reports",
]

Place = Address | Path | str
Progress = Callable[[int, int, str], None]


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """Where mechanisms stand, with the two dates that the answer bears.

    A date is None when nobody named it and no report in the ledger has one.
    ``passages`` are the words that the reasons cite, by report hash and span (only what
    :func:`ask_why` was asked about); ``words`` the English words for the statuses, by mechanism.
    """

    as_of: date | None
    known_by: date | None
    statuses: tuple[MechanismStatus, ...]
    passages: dict[tuple[str, Span], str] = {}
    words: dict[str, str] = {}

    def quote(self, citation: Citation) -> str | None:
        """Return the words that a citation points at, where they are at hand."""
        return (
            None if citation.span is None else self.passages.get((citation.source, citation.span))
        )


def ask_status(
    ledger: Place,
    *,
    as_of: date | None = None,
    known_by: date | None = None,
    alliance: str = "nato",
) -> Answer:
    """Return the status of every mechanism of the alliance, in its declared order.

    Args:
        ledger: what ``foedus brief`` wrote: a file, or a database by its URL.
        as_of: the day asked about; without it, everything that is told counts, and the answer
            bears the ledger's latest day.
        known_by: the day by which the reports had to have appeared; without it, all are known.
        alliance: the name of a shipped alliance, or a path to the folder of one.

    Raises:
        FoedusError: no ledger is there, or it cannot be read.
    """
    world = world_of(alliance)
    return _answer(ledger, load_alliance(alliance, world), world, as_of, known_by)


def ask_why(
    ledger: Place,
    mechanism: str,
    *,
    as_of: date | None = None,
    known_by: date | None = None,
    alliance: str = "nato",
) -> Answer:
    """Return the status of one mechanism; its ``reason`` is the whole explanation.

    Args and errors are those of :func:`ask_status`; a mechanism that the alliance does not declare
    is an error too, which names the nearest ones.
    """
    world = world_of(alliance)
    declared = load_alliance(alliance, world)
    declared.mechanism(mechanism)
    answer = _answer(ledger, declared, world, as_of, known_by)
    chosen = tuple(s for s in answer.statuses if s.mechanism == mechanism)
    passages = _passages(ledger, chosen)
    return msgspec.structs.replace(answer, statuses=chosen, passages=passages)


def ask_declaration(
    mechanism: str | None, *, on: date, lang: str = "fr", alliance: str = "nato"
) -> tuple[Declaration, Words]:
    """Return what an alliance declares for a day, of all mechanisms or of one, and the words for it.

    Raises:
        FoedusError: no such alliance, mechanism or language; or a file of the folder is wrong.
    """
    world = world_of(alliance)
    declared = load_alliance(alliance, world)
    words = Words(lang, world, alliance_words(declared))
    return declaration(declared, on, words, mechanism), words


def code_reports(
    paths: Sequence[Path],
    *,
    dated: Path | None = None,
    alliance: str = "nato",
    topic: str | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Iterator[tuple[Record, ...] | Failure | LeftOut]:
    """Read and code reports, in the order of their files; the arguments are those of :func:`code_files`.

    Gives for each report its records in the order of the text, the failure that kept it from
    being read, or that it was left out. Dates are those that the report alone allows.

    Raises:
        FoedusError: there is nothing to read, ``dated`` or ``topic`` is wrong, or a worker ended.
    """
    items = code_files(
        paths, dated=dated, alliance=alliance, topic=topic, workers=workers, progress=progress
    )
    for item in items:
        yield item if isinstance(item, (Failure, LeftOut)) else item[1]


def explained_reports(
    paths: Sequence[Path],
    *,
    lang: str = "fr",
    dated: Path | None = None,
    alliance: str = "nato",
    topic: str | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    as_json: bool = False,
    terminal: bool = False,
) -> Iterator[Iterator[str] | Failure | LeftOut]:
    """Read, code and explain reports, in the order of their files.

    Gives for each report the lines of its explanation, in the words of ``lang``, or the failure that
    kept it from being read. ``as_json``: one line of JSON. ``terminal``: as wide as it is, in colour.
    The other arguments, and the errors, are those of :func:`code_reports`.
    """
    from foedus.brief.coded import Explainer, print_lines

    world = world_of(alliance)
    declared = load_alliance(alliance, world)
    words = Words(lang, world, alliance_words(declared))
    explainer = Explainer(words, declared, world)
    items = code_files(
        paths, dated=dated, alliance=alliance, topic=topic, workers=workers, progress=progress
    )
    for item in items:
        if isinstance(item, (Failure, LeftOut)):
            yield item
            continue
        explained = explainer.explain(*item)
        if as_json:
            yield iter([msgspec.json.encode(explained).decode("utf-8")])
        else:
            yield print_lines(explained, words, terminal=terminal)


def _answer(
    place: Place, declared: Alliance, world: World, as_of: date | None, known_by: date | None
) -> Answer:
    with Ledger.open(place, read_only=True, world=world) as ledger:
        found = position(ledger, declared, world, as_of=as_of, known_by=known_by)
    return Answer(
        as_of=found.as_of,
        known_by=found.known_by,
        statuses=found.statuses,
        words=status_words(found.statuses, declared, Words("en")),
    )


def _passages(place: Place, found: Sequence[MechanismStatus]) -> dict[tuple[str, Span], str]:
    """Return the words of every citation in the reasons, as the ledger stored them."""
    stack: list[Reason] = [status.reason for status in found]
    cited: set[tuple[str, Span]] = set()
    while stack:
        node = stack.pop()
        cited |= {(c.source, c.span) for c in node.citations if c.span is not None and c.source}
        stack.extend(node.children)
    with Ledger.open(place, read_only=True) as ledger:
        texts = {source: ledger.text(source) or "" for source in sorted({s for s, _ in cited})}
    return {(source, span): texts[source][span[0] : span[1]] for source, span in sorted(cited)}
