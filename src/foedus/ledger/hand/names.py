"""Who and where, as a person writes them: ids, or names in any language of the register.

Comes in: the text of a cell and the world register. Goes out: an id of the codebook, or
a :class:`WrongError` that says what was probably meant. Nothing is guessed: a name that the register
does not know is an error, unless it is written ``id:jane-doe``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from urllib.parse import urlsplit

from foedus.acts import Span
from foedus.ledger.hand.records import WrongError
from foedus.ledger.hand.wording import load_wording
from foedus.report.names import slug
from foedus.world import World
from foedus.world.records import Entity

__all__ = ["Names"]

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,79}|[A-Z]{3}")
_MARK = "id:"


class Names:
    """Looks names up in the register."""

    def __init__(self, world: World) -> None:
        self._world = world
        entities = world.entities()
        self._ids = {e.id.casefold(): e.id for e in entities}
        self._parties = _by_name(e for e in entities if e.kind != "place")
        self._places = _by_name(e for e in entities if e.kind in ("place", "state"))
        self._outlets = _by_name(e for e in entities if e.kind == "outlet")
        self._articles = load_wording().articles
        self._known: dict[tuple[str, bool], str] = {}

    def party(self, text: str) -> str:
        """Return who is meant: « Pologne », « POL », « Varsovie » (a capital stands for its state).

        Raises:
            WrongError: nobody known, or more than one.
        """
        return self._once(text, place=False)

    def place(self, text: str) -> str:
        """Return the place that is meant: a state, a city, a sea.

        Raises:
            WrongError: none known, or more than one.
        """
        return self._once(text, place=True)

    def outlet(self, text: str) -> str:
        """Return the outlet's id: the register's, or a slug of the name where it knows none."""
        key = text.strip().casefold()
        known = self._ids.get(key)
        if known is not None and self._world.outlet(known) is not None:
            return known
        found = self._outlets.get(key, set()) or self._said(text, kinds=("outlet",))
        return found.pop() if len(found) == 1 else slug(text)

    def outlet_at(self, url: str) -> str | None:
        """Return the outlet that publishes at an address, or None."""
        host = urlsplit(url).hostname
        outlet = self._world.outlet_of_domain(host) if host else None
        return None if outlet is None else outlet.id

    def _once(self, text: str, *, place: bool) -> str:
        """Look a name up once: a chronology names the same ones on every line."""
        key = (text, place)
        if key not in self._known:
            self._known[key] = self._found(text, self._places if place else self._parties)
        return self._known[key]

    def _found(self, text: str, names: dict[str, set[str]]) -> str:
        plain = text.strip()
        if plain.startswith(_MARK):
            own = plain.removeprefix(_MARK).strip()
            if not _ID.fullmatch(own):
                raise WrongError(
                    f"{own!r} is no id", "write a slug of the English name: id:jane-doe"
                )
            return self._ids.get(own.casefold(), own)
        found = {self._ids[plain.casefold()]} if plain.casefold() in self._ids else set()
        found = found or names.get(plain.casefold(), set()) or self._said(plain)
        if len(found) == 1:
            return next(iter(found))
        if found:
            raise WrongError(
                f"{plain!r} may be any of {len(found)}", f"write one of: {_few(found)}"
            )
        near = get_close_matches(plain.casefold(), [*names, *self._ids], n=3, cutoff=0.75)
        ids = {i for n in near for i in names.get(n, {self._ids.get(n, "")}) if i}
        meant = f"did you mean {' or '.join(sorted(ids))}? " if ids else ""
        raise WrongError(
            f"{plain!r} is nobody the register knows",
            f"{meant}for a new one write {_MARK}{slug(plain) or 'jane-doe'}",
        )

    def _all_of(self, text: str, span: Span) -> bool:
        """Whether a name is all that the text holds, but for an article before it."""
        before = text[: span[0]].strip().casefold().replace("’", "'")
        return not text[span[1] :].strip() and (not before or before in self._articles)

    def _said(self, text: str, kinds: tuple[str, ...] = ()) -> set[str]:
        """Return what the whole text names, as a report would be read: adjectives do not count."""
        for language in self._world.languages:
            mentions = self._world.find(text, language)
            whole = [m for m in mentions if self._all_of(text, m.span)]
            named = whole and not whole[0].weak and whole[0].form not in ("demonym", "title")
            if named and (not kinds or whole[0].kind in kinds):
                return set(whole[0].entities)
        return set()


def _by_name(entities: Iterable[Entity]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for entity in entities:
        for name in entity.names.values():
            found.setdefault(name.casefold(), set()).add(entity.id)
    return found


def _few(ids: Iterable[str]) -> str:
    ordered = sorted(ids)
    return ", ".join(ordered[:6]) + (", …" if len(ordered) > 6 else "")
