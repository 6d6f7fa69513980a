"""Find the names of the register in a text.

Comes in: a text and the :class:`~foedus.world.names.NameTrees` of its language. Goes out: mentions
that do not overlap, the leftmost first and of those the longest. Time is linear in the text's
length: no path through a tree is longer than the longest name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from foedus.world.names import Name, NameTrees, Node
from foedus.world.records import EntityKind, Mention, NameForm
from foedus.world.tokens import Tokens, fits, tokenize

__all__ = ["find_mentions"]

_FORMS: tuple[NameForm, ...] = (
    "name", "office", "surname", "title", "capital", "metonym", "demonym", "inhabitant",
)  # fmt: skip
_KINDS: tuple[EntityKind, ...] = ("person", "state", "body", "group", "office", "outlet", "place")
ByRole = Mapping[tuple[str, str], tuple[str, ...]]


class _Match(NamedTuple):
    """A name from token ``start``, its context left out, to before token ``end``."""

    start: int
    end: int
    name: Name
    entities: tuple[str, ...]
    exact: bool


class _Search:
    """One text being searched. Plain names come first; templates then use them to fill slots."""

    def __init__(self, text: str, trees: NameTrees, roles: ByRole, parts: ByRole) -> None:
        self.text = text
        self.trees = trees
        self.roles = roles
        self.parts = parts
        self.tokens: Tokens = tokenize(text)
        self.plain: dict[int, list[_Match]] = {}
        for start, key in enumerate(self.tokens.keys):
            if key in trees.plain.children:
                for match in self._plain_at(start):
                    self.plain.setdefault(match.start, []).append(match)
        self.completed: dict[int, list[_Match]] = {}
        for start, key in enumerate(self.tokens.keys):
            if key in trees.templates.children or (trees.templates.slots and start in self.plain):
                for match in self._templates_at(start, trees.templates, start, ()):
                    self.completed.setdefault(match.start, []).append(match)

    def _plain_at(self, start: int) -> Iterator[_Match]:
        keys, node, at = self.tokens.keys, self.trees.plain, start
        while at < len(keys) and (after := node.children.get(keys[at])) is not None:
            node, at = after, at + 1
            if node.names and not self._after_hyphen(start, self.trees.wording.not_after_hyphen):
                seen = [
                    self.text[self.tokens.starts[i] : self.tokens.ends[i]] for i in range(start, at)
                ]
                for name in node.names:
                    pairs = zip(seen, name.surface, strict=True)
                    if all(fits(s, n, name.policy) for s, n in pairs):
                        exact = tuple(seen) == name.surface
                        yield _Match(start + name.skip, at, name, name.entities, exact)

    def _templates_at(
        self, start: int, node: Node, at: int, sides: tuple[str, ...]
    ) -> Iterator[_Match]:
        for name in node.names:
            entities = self._resolved(name, sides)
            if entities and at > start:
                yield _Match(start + name.skip, at, name, entities, True)
        if at >= len(self.tokens.keys):
            return
        after = node.children.get(self.tokens.keys[at])
        if after is not None:
            yield from self._templates_at(start, after, at + 1, sides)
        for slot, following in node.slots.items():
            for end, filling in self._fillings(slot, at):
                yield from self._templates_at(start, following, end, filling)

    def _fillings(self, slot: str, at: int) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Yield each end of a filling of ``slot`` at token ``at``, with all sides it may mean."""
        forms = ("demonym",) if slot == "adj" else ("name",)
        ends: dict[int, list[str]] = {}
        for match in self.plain.get(at, ()):
            name = match.name
            if name.form in forms and name.kind in ("state", "body", "group") and not name.joined:
                ends.setdefault(match.end, []).extend(match.entities)
        for end, sides in sorted(ends.items()):
            yield end, tuple(sorted(set(sides)))

    def _resolved(self, name: Name, sides: tuple[str, ...]) -> tuple[str, ...]:
        """Return what a template stands for, its slot filled with ``sides`` (none: no slot)."""
        if name.entities:
            return name.entities if not sides or name.side in sides else ()
        found = {o for role in name.roles for s in sides for o in self.roles.get((role, s), ())}
        found |= {p for part in name.parts for s in sides for p in self.parts.get((part, s), ())}
        return tuple(sorted(found))

    def _after_hyphen(self, start: int, prefixes: list[str]) -> bool:
        """Tell whether a prefix such as « pro- » stands right before token ``start``."""
        t = self.tokens
        return (
            start >= 2
            and t.keys[start - 1] == "-"
            and t.keys[start - 2] in prefixes
            and t.ends[start - 2] == t.starts[start - 1]
            and t.ends[start - 1] == t.starts[start]
        )

    def _goes_on(self, end: int) -> bool:
        """Whether a hyphen joins a further name at token ``end``: « La Croix-Rouge », no newspaper.

        Another outlet after the hyphen (« Le Monde-AFP ») leaves the first one as it is.
        """
        t = self.tokens
        if end + 1 >= len(t.keys) or t.keys[end] != "-":
            return False
        glued = t.starts[end] == t.ends[end - 1] and t.ends[end] == t.starts[end + 1]
        if not glued or not self.text[t.starts[end + 1]].isupper():
            return False
        return all(m.name.kind != "outlet" for m in self.plain.get(end + 1, ()))

    def _stands(self, start: int, match: _Match) -> bool:
        """Tell whether what stands around the match lets it mean what it says."""
        wording, keys = self.trees.wording, self.tokens.keys
        following = keys[match.end] if match.end < len(keys) else ""
        if match.name.form == "title" and following in (*wording.titles_not_before, "-"):
            return False
        if match.name.kind == "outlet" and match.end - match.start > 1:
            return not self._goes_on(match.end)
        if match.name.kind == "office":
            return not self._after_hyphen(start, wording.offices_not_after_hyphen)
        return True

    def _best(self, start: int) -> list[_Match]:
        """Return the matches to keep at token ``start``: the longest, then the best reading."""
        both = (*self.plain.get(start, ()), *self.completed.get(start, ()))
        found = [m for m in both if self._stands(start, m)]
        if not found:
            return []
        top = min(_order(m) for m in found)
        return [m for m in found if _order(m) == top]

    def _mention(self, start: int, best: list[_Match]) -> Mention:
        first = min(best, key=lambda m: _KINDS.index(m.name.kind))
        if first.name.form == "capital":
            kept = best
        else:
            kept = [m for m in best if m.name.kind == first.name.kind]
        wording, t = self.trees.wording, self.tokens
        end = t.ends[first.end - 1] - (1 if first.name.joined else 0)
        before = t.keys[start - 1] if start else ""
        former = first.name.kind == "office" and (
            before in wording.former_before or self._after_hyphen(start, wording.former_before)
        )
        entities = {e for m in kept for e in m.entities} if len(kept) > 1 else None
        return Mention(
            span=(t.starts[start], end),
            entities=first.entities if entities is None else tuple(sorted(entities)),
            kind=first.name.kind,
            form=first.name.form,
            weak=all(m.name.weak for m in kept),
            former=former,
        )

    def mentions(self) -> Iterator[Mention]:
        at, count = 0, len(self.tokens.keys)
        while at < count:
            best = self._best(at)
            if best:
                yield self._mention(at, best)
                at = best[0].end
            else:
                at += 1


def _order(match: _Match) -> tuple[int, bool, bool, int]:
    form = _FORMS.index(match.name.form)
    return (-match.end, not match.exact, match.name.weak, form)


def find_mentions(text: str, trees: NameTrees, roles: ByRole, parts: ByRole) -> tuple[Mention, ...]:
    """Return the mentions in ``text``, sorted by place. ``roles``: role and side → offices."""
    return tuple(_Search(text, trees, roles, parts).mentions())
