"""The register's names in one language, as two trees over tokens.

Comes in: :class:`~foedus.world.tables.Tables` and a language. Goes out: :class:`NameTrees`: one tree of
plain names (states, persons, places, …) and one of templates with slots, in which a demonym or a
name completes an office (« ministre {adj} de la Défense ») or a region (« est {of} »). Templates
keep the register small: what holds for one state's offices holds for every state's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from foedus.errors import FoedusError
from foedus.world.folder import Declared, Origin
from foedus.world.records import EntityKind, NameForm
from foedus.world.schema import AliasDecl, Names, RoleDecl, Wording
from foedus.world.tables import Tables
from foedus.world.tokens import Policy, tokenize

__all__ = ["Name", "NameTrees", "Node", "build_trees"]

Slot = Literal["adj", "name"]
_PART = re.compile(r"(\{[a-z]+\})")
_NO_WORDING = Wording(of=[])


@dataclass(frozen=True)
class Name:
    """What the end of a path through a tree stands for.

    ``skip`` tokens at the start are context. ``roles`` are asked with the slot's side for the
    entities when there are none yet.
    """

    surface: tuple[str, ...]
    kind: EntityKind
    form: NameForm
    policy: Policy
    entities: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    side: str | None = None
    """The side that a slot must be filled with, where ``entities`` are one side's."""
    weak: bool = False
    skip: int = 0
    joined: bool = False
    """Ends with a hyphen that belongs to what follows (« russo-ukrainien »)."""


@dataclass
class Node:
    """A node of a tree: what may follow, and what may end here."""

    children: dict[str, Node] = field(default_factory=dict)
    slots: dict[Slot, Node] = field(default_factory=dict)
    names: list[Name] = field(default_factory=list)


@dataclass
class NameTrees:
    """All names of one language."""

    plain: Node
    templates: Node
    wording: Wording


def _words(names: Names, language: str) -> Iterable[str]:
    """Yield the wordings of ``language``, then those that all languages share, each once."""
    return dict.fromkeys([*names.get(language, ()), *names.get("any", ())])


def _surface(text: str) -> list[str]:
    tokens = tokenize(text)
    return [text[s:e] for s, e in zip(tokens.starts, tokens.ends, strict=True)]


class _Builder:
    def __init__(self, tables: Tables, language: str) -> None:
        self.tables = tables
        self.declared: Declared = tables.declared
        self.language = language
        self.wording = self.declared.languages.get(language, _NO_WORDING)
        self.trees = NameTrees(Node(), Node(), self.wording)

    def plain(
        self,
        names: Names,
        entities: tuple[str, ...],
        kind: EntityKind,
        form: NameForm,
        *,
        policy: Policy = "proper",
        weak: bool = False,
    ) -> None:
        """Put the wordings of ``names`` into the plain tree."""
        for word in _words(names, self.language):
            context, bar, name = word.rpartition("|")
            surface = (*_surface(context), *_surface(name)) if bar else tuple(_surface(name))
            self._put(
                self.trees.plain,
                surface,
                Name(
                    surface=surface, kind=kind, form=form, policy=policy, entities=entities,
                    weak=weak, skip=len(_surface(context)), joined=name.endswith("-"),
                ),
            )  # fmt: skip

    def _put(self, root: Node, surface: Iterable[str], name: Name) -> None:
        node = root
        for token in surface:
            key = tokenize(token).keys[0]
            node = node.children.setdefault(key, Node())
        node.names.append(name)

    def template(self, word: str, name: Name, origin: Origin) -> None:
        """Put one template into the tree of templates, each way to fill ``{of}`` on a path."""
        if "{of}" in word:
            for preposition in self.wording.of:
                self.template(word.replace("{of}", preposition + "{name}"), name, origin)
            return
        context, _, rest = word.rpartition("|")
        node = self.trees.templates
        for piece in _PART.split(f"{context} {rest}"):
            if piece in ("{adj}", "{name}"):
                slot: Slot = "adj" if piece == "{adj}" else "name"
                node = node.slots.setdefault(slot, Node())
            elif piece.startswith("{"):
                raise _unknown_slot(piece, origin)
            else:
                for key in tokenize(piece).keys:
                    node = node.children.setdefault(key, Node())
        skip = len(_surface(context))
        node.names.append(
            Name(
                surface=(word,), kind=name.kind, form=name.form, policy="free",
                entities=name.entities, roles=name.roles, parts=name.parts,
                side=name.side, skip=skip,
            )
        )  # fmt: skip


def _unknown_slot(piece: str, origin: Origin) -> FoedusError:
    return origin.error(
        f"{piece} is no slot", "names", remedy="the slots are {adj}, {name} and {of}"
    )


def build_trees(tables: Tables, language: str) -> NameTrees:
    """Return the trees of ``language``; of an unknown one, the names that all languages share.

    Raises:
        FoedusError: a template has an unknown slot.
    """
    builder = _Builder(tables, language)
    _states(builder)
    _bodies(builder)
    _persons(builder)
    _outlets(builder)
    _places(builder)
    _offices(builder)
    return builder.trees


def _states(b: _Builder) -> None:
    for code, state in b.declared.states.items():
        one = (code,)
        b.plain(state.names, one, "state", "name")
        b.plain(state.weak, one, "state", "name", weak=True)
        b.plain(state.adjectives, one, "state", "demonym")
        b.plain(state.weak_adjectives, one, "state", "demonym", weak=True)
        b.plain(state.prefixes, one, "state", "demonym")
        b.plain(state.inhabitants, one, "state", "inhabitant")
        b.plain(state.seats, one, "state", "metonym")
        b.plain(state.weak_seats, one, "state", "metonym", weak=True)
        capital = b.declared.places.get(state.capital or "")
        if capital is not None:
            b.plain(capital.names, one, "state", "capital")
            b.plain(capital.weak, one, "state", "capital", weak=True)


def _bodies(b: _Builder) -> None:
    for slug, body in b.declared.bodies.items():
        one = (slug,)
        b.plain(body.names, one, body.kind, "name")
        b.plain(body.weak, one, body.kind, "name", weak=True)
        b.plain(body.adjectives, one, body.kind, "demonym")
        b.plain(body.weak_adjectives, one, body.kind, "demonym", weak=True)
        b.plain(body.inhabitants, one, body.kind, "inhabitant")
        seat = b.declared.places.get(body.seat or "")
        if seat is not None and body.named_by_seat:
            b.plain(seat.names, one, body.kind, "capital")


def _persons(b: _Builder) -> None:
    for slug, person in b.declared.persons.items():
        one = (slug,)
        full = [f"{given} {name}" for given in person.given or [""] for name in person.surname]
        b.plain({"any": [*full, *person.also]}, one, "person", "name")
        if person.alone != "never":
            weak = person.alone == "weak"
            b.plain({"any": person.surname}, one, "person", "surname", weak=weak)


def _outlets(b: _Builder) -> None:
    for slug, outlet in b.declared.outlets.items():
        b.plain(outlet.names, (slug,), "outlet", "name", policy="exact")
        b.plain(outlet.weak, (slug,), "outlet", "name", policy="exact", weak=True)


def _places(b: _Builder) -> None:
    capitals = {state.capital for state in b.declared.states.values()}
    for slug, place in b.declared.places.items():
        if slug not in capitals:
            b.plain(place.names, (slug,), "place", "name")
            b.plain(place.weak, (slug,), "place", "name", weak=True)
    for part, decl in b.declared.parts.items():
        origin = b.declared.origins["parts", part]
        name = Name(surface=(), kind="place", form="name", policy="free", parts=(part,))
        for word in _words(decl.names, b.language):
            b.template(word, name, origin)


def _offices(b: _Builder) -> None:
    titles: dict[str, set[str]] = {}
    named: dict[str, RoleDecl | AliasDecl] = {**b.declared.roles, **b.declared.aliases}
    for role, decl in named.items():
        section = "roles" if role in b.declared.roles else "aliases"
        origin = b.declared.origins[section, role]
        name = Name(surface=(), kind="office", form="office", policy="free", roles=(role,))
        for word in _words(decl.names, b.language):
            b.template(word, name, origin)
        holders = {o for (r, _), found in b.tables.by_role.items() if r == role for o in found}
        for word in _words(decl.titles, b.language):
            titles.setdefault(word, set()).update(holders)
    for slug, office in b.declared.offices.items():
        origin = b.declared.origins["offices", slug]
        name = Name(
            surface=(), kind="office", form="office", policy="free", entities=(slug,),
            side=office.side,
        )  # fmt: skip
        for word in _words(office.names, b.language):
            b.template(word, name, origin)
        for word in _words(office.titles, b.language):
            titles.setdefault(word, set()).add(slug)
    for word, offices in sorted(titles.items()):
        if offices:
            b.plain({"any": [word]}, tuple(sorted(offices)), "office", "title", policy="free")
