"""From the register's files to its tables: entities, offices of every side, tenures; all checked.

Comes in: :class:`~foedus.world.folder.Declared`. Goes out: :class:`Tables`.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from foedus.world.folder import Declared
from foedus.world.landmarks import Landmark, build_landmarks
from foedus.world.records import Entity, EntityKind, Outlet, Ownership, Tenure
from foedus.world.schema import AliasDecl, Names, OfficeDecl, RoleDecl

__all__ = ["LANGUAGES", "Tables", "build_tables", "shown"]

LANGUAGES = ("fr", "en")
"""Languages that every entity has a name to show in; a missing one falls back to the first name."""


@dataclass
class Tables:
    """The register, ready to be asked. ``by_role`` leads from role (or alias) and side to offices."""

    declared: Declared
    entities: dict[str, Entity] = field(default_factory=dict)
    outlets: dict[str, Outlet] = field(default_factory=dict)
    tenures: dict[str, tuple[Tenure, ...]] = field(default_factory=dict)
    known_until: dict[str, date] = field(default_factory=dict)
    by_role: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    by_part: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    landmarks: dict[str, Landmark] = field(default_factory=dict)


def shown(names: Names, weak: Names | None = None) -> dict[str, str]:
    """Return the name to show in each language: the first wording, contexts left out.

    A weak wording is shown only in a language that has no other.
    """
    firsts = {k: v[0] for k, v in [*(weak or {}).items(), *names.items()] if v}
    words = {k: v.replace("|", " ").replace("' ", "'") for k, v in firsts.items()}
    fallback = words.get("any") or next(iter(words.values()), "")
    return {k: words.get(k, fallback) for k in sorted({*LANGUAGES, *words} - {"any"})}


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")


def build_tables(declared: Declared) -> Tables:
    """Check what refers to what and lay out the tables.

    Raises:
        FoedusError: an id that nothing bears, an id borne twice, tenures that overlap; file and
            line are named.
    """
    tables = Tables(declared)
    _add_states(tables)
    _add_bodies(tables)
    _add_places(tables)
    _add_persons(tables)
    _add_outlets(tables)
    _add_offices(tables)
    _check_references(tables)
    tables.landmarks = build_landmarks(declared, tables.entities)
    return tables


def _add(tables: Tables, section: str, entity: Entity) -> None:
    if entity.id in tables.entities:
        declared, other = tables.declared, tables.entities[entity.id]
        # what was added has to give way, whichever is read first
        added = next((at for at in declared.added if at[1] == entity.id), (section, entity.id))
        kind = other.kind if added[0] == section else entity.kind
        raise declared.origins[added].error(
            f"{entity.id!r} is already the id of a {kind}", remedy="rename one"
        )
    tables.entities[entity.id] = entity


def _add_states(tables: Tables) -> None:
    for code, state in tables.declared.states.items():
        names = shown(state.names, state.weak)
        entity = Entity(id=code, kind="state", names=names, side=code, within=state.administered_by)
        _add(tables, "states", entity)


def _add_bodies(tables: Tables) -> None:
    for slug, body in tables.declared.bodies.items():
        names = shown(body.names, body.weak)
        entity = Entity(
            id=slug, kind=body.kind, names=names, side=body.side or slug,
            members=tuple(body.members),
        )  # fmt: skip
        _add(tables, "bodies", entity)


def _add_places(tables: Tables) -> None:
    capitals = {s.capital: code for code, s in tables.declared.states.items() if s.capital}
    for slug, place in tables.declared.places.items():
        names = shown(place.names, place.weak)
        entity = Entity(
            id=slug, kind="place", names=names, side=capitals.get(slug), within=place.within
        )
        _add(tables, "places", entity)
    for part, decl in tables.declared.parts.items():
        for code, state in tables.declared.states.items():
            _add_part(tables, part, decl.names, code, shown(state.names, state.weak))


def _add_part(tables: Tables, part: str, names: Names, code: str, state: Mapping[str, str]) -> None:
    slug = f"{part}-{_slug(state['en'])}"
    labels = {lang: f"{name} ({part})" for lang, name in state.items()}
    if "en" in names:
        labels["en"] = f"{part} {state['en']}"
    if slug not in tables.entities:
        entity = Entity(id=slug, kind="place", names=labels, within=code)
        tables.entities[slug] = entity
    tables.by_part[part, code] = (slug,)


def _add_persons(tables: Tables) -> None:
    for slug, person in tables.declared.persons.items():
        words = [*person.given[:1], *person.surname[:1]] or person.also[:1]
        if not words:
            raise tables.declared.origins["persons", slug].error("has no name", remedy="add one")
        usual = " ".join(words)
        entity = Entity(
            id=slug, kind="person", names={**dict.fromkeys(LANGUAGES, usual), **person.names},
            gender=person.gender, nationality=person.nationality,
        )  # fmt: skip
        _add(tables, "persons", entity)


def _add_outlets(tables: Tables) -> None:
    for slug, outlet in tables.declared.outlets.items():
        origin = tables.declared.origins["outlets", slug]
        if not outlet.ownership:
            raise origin.error("ownership is empty", "ownership", remedy="say who owns it")
        dates = [o.since or date.min for o in outlet.ownership]
        if dates != sorted(set(dates)):
            raise origin.error("owners are out of order", "ownership", remedy="oldest first")
        names = shown(outlet.names, outlet.weak)
        owners = tuple(
            Ownership(
                owner=o.owner, state_control=o.state_control, since=o.since,
                reference=o.reference, checked=o.checked,
            )
            for o in outlet.ownership
        )  # fmt: skip
        tables.outlets[slug] = Outlet(
            id=slug, kind=outlet.kind, names=names, country=outlet.country,
            domains=tuple(outlet.domains), ownership=owners,
        )  # fmt: skip
        side = outlet.country if owners[-1].state_control == "yes" else None
        _add(tables, "outlets", Entity(id=slug, kind="outlet", names=names, side=side))


def _label(label: Mapping[str, str], side: Entity) -> dict[str, str]:
    fallback = label.get("en") or next(iter(label.values()))
    return {k: f"{label.get(k, fallback)} ({side.names[k]})" for k in sorted(side.names)}


def _add_offices(tables: Tables) -> None:
    roles = tables.declared.roles
    offices: dict[tuple[str, str], str] = {}
    for slug, office in tables.declared.offices.items():
        origin = tables.declared.origins["offices", slug]
        side = tables.entities.get(office.side)
        if side is None:
            raise origin.error(f"{office.side!r} is no known id", "side", remedy="declare it first")
        if office.role is not None and office.role not in roles:
            raise origin.error(f"{office.role!r} is no role", "role", remedy="see roles.yaml")
        if office.role is None and not office.label:
            raise origin.error("has neither role nor label", remedy="add one")
        if office.role is not None:
            if (office.role, office.side) in offices:
                first = offices[office.role, office.side]
                raise origin.error(
                    f"is the same office as {first!r}", "role", remedy="join the two"
                )
            offices[office.role, office.side] = slug
        label = office.label or roles[office.role or ""].label
        names = dict(label) if office.label else _label(label, side)
        _add(tables, "offices", Entity(id=slug, kind="office", names=names, side=office.side))
        _add_tenures(tables, slug, office)
    _fill_roles(tables, offices)
    for name, alias in tables.declared.aliases.items():
        _add_alias(tables, name, alias)


def _sides(tables: Tables, name: str, role: RoleDecl) -> Iterable[str]:
    """Yield the states and bodies that have an office of this role without its being declared."""
    declared = tables.declared
    free = [c for c, s in declared.states.items() if s.administered_by is None]
    listed = free if role.states == "all" else list(role.states)
    for key, values in (("states", listed), ("without", role.without), ("bodies", role.bodies)):
        for value in values:
            if value not in tables.entities:
                raise declared.origins["roles", name].error(
                    f"{value!r} is no known id", key, remedy="declare it first"
                )
    return [s for s in [*listed, *role.bodies] if s not in role.without]


def _fill_roles(tables: Tables, offices: dict[tuple[str, str], str]) -> None:
    """Give every side the offices of its roles, those without a declared holder too."""
    for name, role in tables.declared.roles.items():
        for side in _sides(tables, name, role):
            if (name, side) in offices:
                continue
            entity = tables.entities[side]
            slug = f"{name}-of-{_slug(entity.names['en'])}"
            offices[name, side] = slug
            if slug not in tables.entities:
                tables.entities[slug] = Entity(
                    id=slug, kind="office", names=_label(role.label, entity), side=side
                )
    tables.by_role.update({key: (slug,) for key, slug in offices.items()})


def _add_alias(tables: Tables, name: str, alias: AliasDecl) -> None:
    origin = tables.declared.origins["aliases", name]
    for role in [*alias.order, *alias.first]:
        if role not in tables.declared.roles:
            raise origin.error(f"{role!r} is no role", remedy="see the roles above")
    first = {side: role for role, sides in alias.first.items() for side in sides}
    for side in list(tables.entities):
        order = [first[side], *alias.order] if side in first else alias.order
        found = next((r for r in order if (r, side) in tables.by_role), None)
        if found is not None:
            tables.by_role[name, side] = tables.by_role[found, side]


def _add_tenures(tables: Tables, slug: str, office: OfficeDecl) -> None:
    origin = tables.declared.origins["offices", slug]
    out: list[tuple[int, Tenure]] = []
    for index, decl in enumerate(office.tenures):
        at = ("tenures", index)
        if decl.holder not in tables.declared.persons:
            raise origin.error(
                f"{decl.holder!r} is no known person", *at, remedy="add the person to persons/"
            )
        if decl.end is not None and decl.end < decl.start:
            raise origin.error("a tenure ends before it starts", *at, remedy="mend the dates")
        reference = decl.reference or office.reference
        if reference is None:
            raise origin.error("a tenure has no reference", *at, remedy="say which list has it")
        tenure = Tenure(
            holder=decl.holder, start=decl.start, end=decl.end, reference=reference,
            checked=decl.checked,
        )  # fmt: skip
        out.append((index, tenure))
    out.sort(key=lambda pair: (pair[1].start, pair[1].end or date.max))
    for (_, before), (index, after) in itertools.pairwise(out):
        if before.end is None or after.start < before.end:
            raise origin.error(
                f"tenures of {before.holder!r} and {after.holder!r} overlap", "tenures", index,
                remedy="an office has one holder at a time",
            )  # fmt: skip
    tables.tenures[slug] = tuple(tenure for _, tenure in out)
    tables.known_until[slug] = tables.declared.office_files[slug].known_until


def _check_references(tables: Tables) -> None:
    """Refuse ids that nothing bears, or that are borne by a thing of the wrong kind."""
    declared = tables.declared
    states: tuple[EntityKind, ...] = ("state",)
    sides: tuple[EntityKind, ...] = ("state", "body", "group")
    area: tuple[EntityKind, ...] = ("state", "place")
    for code, state in declared.states.items():
        _refer(tables, ("states", code), "capital", state.capital, ("place",))
        _refer(tables, ("states", code), "administered_by", state.administered_by, states)
    for slug, body in declared.bodies.items():
        _refer(tables, ("bodies", slug), "side", body.side, sides)
        _refer(tables, ("bodies", slug), "seat", body.seat, ("place",))
        for member in body.members:
            _refer(tables, ("bodies", slug), "members", member, sides)
    for slug, place in declared.places.items():
        _refer(tables, ("places", slug), "within", place.within, area)
    for slug, person in declared.persons.items():
        _refer(tables, ("persons", slug), "nationality", person.nationality, states)
    for slug, outlet in declared.outlets.items():
        _refer(tables, ("outlets", slug), "country", outlet.country, states)


def _refer(
    tables: Tables, entry: tuple[str, str], key: str, to: str | None, kinds: tuple[EntityKind, ...]
) -> None:
    if to is None:
        return
    found = tables.entities.get(to)
    if found is None:
        raise tables.declared.origins[entry].error(
            f"{to!r} is no known id", key, remedy="declare it or mend the spelling"
        )
    if found.kind not in kinds:
        raise tables.declared.origins[entry].error(
            f"{to!r} is a {found.kind}, not a {' or '.join(kinds)}", key, remedy="mend it"
        )
