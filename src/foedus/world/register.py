"""The register of the world: who is who, who held what when, and where a text names them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cached_property, lru_cache
from pathlib import Path

import msgspec

from foedus.acts import DateRange
from foedus.world.added import Added
from foedus.world.folder import read_folder
from foedus.world.landmarks import Landmark
from foedus.world.matching import find_mentions
from foedus.world.names import NameTrees, build_trees
from foedus.world.records import Entity, EntityKind, Mention, Outlet, Tenure
from foedus.world.schema import Names
from foedus.world.tables import Tables, build_tables

__all__ = ["World", "load_world"]

_DATA = Path(__file__).resolve().parent / "data"


class World:
    """States, bodies, persons, offices, outlets and places, and their names in texts."""

    def __init__(self, tables: Tables, added: Added | None = None) -> None:
        self._tables = tables
        self.added = added
        """What somebody added to foedus's own register, if anything."""
        self._trees: dict[str, NameTrees] = {
            language: build_trees(tables, language)
            for language in sorted({*tables.declared.languages, ""})
        }
        held: dict[str, list[tuple[str, Tenure]]] = {}
        for office, tenures in tables.tenures.items():
            for tenure in tenures:
                held.setdefault(tenure.holder, []).append((office, tenure))
        self._held = held

    @cached_property
    def fingerprint(self) -> str:
        """A hash of what is declared of who is who and held what when: it changes when that does."""
        tables = self._tables
        told: list[object] = [tables.entities, tables.outlets, tables.tenures, tables.known_until]
        # a line that moved changes nothing
        told.append([msgspec.structs.replace(m, file="", line=0) for m in self.landmarks.values()])
        if self.added is not None:
            told.append(self.added.noted())
        content = msgspec.json.encode(told, order="deterministic")
        return hashlib.blake2b(content, digest_size=8).hexdigest()

    @property
    def landmarks(self) -> Mapping[str, Landmark]:
        """The known events, by id."""
        return self._tables.landmarks

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages whose wording is declared."""
        return tuple(sorted(self._tables.declared.languages))

    def entity(self, id: str) -> Entity | None:  # noqa: A002 - the codebook's word
        """Return the entity with this id, or None."""
        return self._tables.entities.get(id)

    def entities(self, kind: EntityKind | None = None) -> tuple[Entity, ...]:
        """Return all entities, or those of one kind, sorted by id."""
        found = self._tables.entities.items()
        return tuple(e for _, e in sorted(found) if kind is None or e.kind == kind)

    def outlet(self, id: str) -> Outlet | None:  # noqa: A002
        """Return the outlet or agency with this id, or None."""
        return self._tables.outlets.get(id)

    def outlet_of_domain(self, domain: str) -> Outlet | None:
        """Return the outlet that publishes at ``domain`` or at a domain above it, or None."""
        labels = domain.casefold().strip(".").split(".")[-8:]
        for outlet in self._tables.outlets.values():
            for own in outlet.domains:
                parts = own.split(".")
                if labels[-len(parts) :] == parts:
                    return outlet
        return None

    def name(self, id: str, language: str) -> str:  # noqa: A002
        """Return the name to show for ``id`` in ``language``; the id itself when it is not known."""
        entity = self.entity(id)
        if entity is None:
            return id
        return entity.names.get(language) or entity.names.get("en") or id

    def wordings(self, id: str, language: str) -> tuple[str, ...]:  # noqa: A002
        """Return the words that name a state or body, strong ones only: names, adjectives, people.

        For a state its capital and its seats (« le Kremlin ») too. Empty for anything else.
        """
        state = self._tables.declared.states.get(id)
        named: list[Names] = []
        if state is not None:
            capital = self._tables.declared.places.get(state.capital or "")
            named = [state.names, state.adjectives, state.inhabitants, state.seats]
            named += [capital.names] if capital is not None else []
        elif (body := self._tables.declared.bodies.get(id)) is not None:
            named = [body.names, body.adjectives, body.inhabitants]
        found = (w for n in named for key in (language, "any") for w in n.get(key, ()))
        return tuple(dict.fromkeys(w.rpartition("|")[2] for w in found))

    def adjective(self, id: str, language: str) -> str | None:  # noqa: A002
        """Return the adjective of a state as a slug (« polish »), or None when none is declared."""
        state = self._tables.declared.states.get(id)
        words = state.adjectives.get(language, []) if state is not None else []
        return words[0].lower().replace(" ", "-") if words else None

    def find(self, text: str, language: str) -> tuple[Mention, ...]:
        """Return the mentions of entities in ``text``, sorted, not overlapping, leftmost-longest.

        Articles and prepositions are no part of a span (« l'Ukraine » gives « Ukraine »). Of a
        language without declared wording, only names that all languages share are found. Time is
        linear in the text's length. Offsets are code points into ``text``.
        """
        trees = self._trees.get(language) or self._trees[""]
        return find_mentions(text, trees, self._tables.by_role, self._tables.by_part)

    def tenures(self, office: str) -> tuple[Tenure, ...]:
        """Return the tenures of an office in order of time; empty when none is declared."""
        return self._tables.tenures.get(office, ())

    def _within(self, office: str, tenure: Tenure, on: DateRange) -> bool:
        end = tenure.end or self._tables.known_until[office]
        return tenure.start <= on.start and on.end <= end

    def holder(self, office_id: str, on: DateRange | None) -> str | None:
        """Return the one person who held the office on every day of ``on``.

        None when that is not settled: two holders share a day of it (a handover), it lies beyond
        the days for which the register vouches, or no holder is declared. Without a date, the
        person must be the only holder that the register knows of.
        """
        tenures = self.tenures(office_id)
        if on is None:
            holders = {t.holder for t in tenures}
            return holders.pop() if len(holders) == 1 else None
        touching = [
            t for t in tenures if t.start <= on.end and (t.end is None or on.start <= t.end)
        ]
        if len(touching) == 1 and self._within(office_id, touching[0], on):
            return touching[0].holder
        return None

    def offices_of(self, person_id: str, on: DateRange | None) -> tuple[str, ...]:
        """Return the offices the person held on every day of ``on`` (or ever, without a date)."""
        held = self._held.get(person_id, ())
        return tuple(sorted({o for o, tenure in held if on is None or self._within(o, tenure, on)}))

    def tenures_of(self, person_id: str) -> tuple[tuple[str, Tenure], ...]:
        """Return every office that the register says a person held, with its days, in order of time."""
        held = self._held.get(person_id, ())
        return tuple(sorted(held, key=lambda one: (one[1].start, one[0]))) if held else ()

    def offices(self, role: str, side: str) -> tuple[str, ...]:
        """Return the offices of ``role`` (or of a role's alias) that ``side`` has."""
        return self._tables.by_role.get((role, side), ())

    def counterparts(self, office: str, side: str) -> tuple[str, ...]:
        """Return the offices of the same role as ``office`` that speak for ``side``."""
        by_role = self._tables.by_role
        roles = [role for (role, _), offices in by_role.items() if office in offices]
        return tuple(o for role in roles for o in by_role.get((role, side), ()))

    def side_of(self, id: str, on: DateRange | None) -> str | None:  # noqa: A002
        """Return the state or body that ``id`` speaks for; a state or body is its own side.

        A person speaks for the side of the offices held on ``on``, without office for his state; an
        outlet for its state when that controls it; a capital for its state. None when there is no
        side or the words leave more than one.
        """
        entity = self.entity(id)
        if entity is None:
            return None
        if entity.kind == "person":
            sides = {self._tables.entities[o].side for o in self.offices_of(id, on)}
            if not sides:
                return entity.nationality
            return sides.pop() if len(sides) == 1 else None
        if entity.kind == "outlet":
            outlet = self._tables.outlets[id]
            control = outlet.ownership_on(on.start if on else None).state_control
            return outlet.country if control == "yes" else None
        return entity.side

    def capital_place(self, side: str) -> str | None:
        """Return the slug of a state's capital or a body's seat (``UKR`` → ``kyiv``), or None."""
        state = self._tables.declared.states.get(side)
        if state is not None:
            return state.capital
        body = self._tables.declared.bodies.get(side)
        return None if body is None else body.seat

    def state_of(self, place: str) -> str | None:
        """Return the state that a place lies in, however deep, or None (seas, borders)."""
        seen = 0
        entity = self.entity(place)
        while entity is not None and entity.kind == "place" and seen < len(self._tables.entities):
            entity, seen = self.entity(entity.within or ""), seen + 1
        return entity.id if entity is not None and entity.kind == "state" else None


@lru_cache(maxsize=4)
def _own(added: Added | None) -> World:
    return World(build_tables(read_folder(_DATA, added)), added)


def load_world(folder: Path | None = None, *, added: Added | None = None) -> World:
    """Load the register from ``folder``; without one, foedus's own with what is ``added``, once a process.

    Raises:
        FoedusError: a file does not have the structure it should, or an id leads nowhere; file and
            line are named.
    """
    return _own(added) if folder is None else World(build_tables(read_folder(folder)))
