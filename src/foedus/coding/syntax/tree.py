"""The words of a piece and who hangs on whom: plain objects, made once from what the parser gives.

Comes in: a document of the parser. Goes out: a list of :class:`Token`. Rules ask a word for its head,
its children and its neighbours some hundred times; the parser's own objects are made anew at each
asking, which cost more than parsing itself. This is also where the engine stops knowing the parser.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Token", "attach", "features", "tokens_of"]

_COLUMNS = ("ORTH", "LEMMA", "POS", "DEP", "MORPH", "IDX", "SPACY", "HEAD")
_NAMED = slice(0, 5)
_MOST_STRINGS = 200_000
_NO_FEATURES: Mapping[str, str] = MappingProxyType({})


class Token:
    """One word: its text and place, what it is, and its place in the tree.

    ``i`` is its number in the piece, ``idx`` its offset there; ``pos`` and ``dep`` are labels of
    Universal Dependencies; ``head`` is itself for the root; ``children`` stand in the text's order;
    ``left`` and ``right`` are the first and last number of all that hangs on it, ``size`` how many words that
    is, itself included; ``lemmas`` is kept
    for :class:`foedus.coding.syntax.words.Words`, which is asked for them over and over.
    """

    __slots__ = (
        "children", "dep", "doc", "head", "i", "idx", "left", "lemma", "lemmas", "lower", "morph",
        "pos", "right", "size", "spaced", "text",
    )  # fmt: skip

    def __init__(self, text: str, i: int, idx: int) -> None:
        self.text = text
        self.lower = text.lower()
        self.i = i
        self.idx = idx
        self.spaced = False
        self.lemma = ""
        self.lemmas: tuple[str, ...] | None = None
        self.pos = ""
        self.dep = ""
        self.morph = _NO_FEATURES
        self.head: Token = self
        self.children: list[Token] = []
        self.left = self.right = i
        self.size = 1
        self.doc: list[Token] = []

    def __hash__(self) -> int:
        return self.i  # so that no set's order depends on where in memory a word lies

    def __eq__(self, other: object) -> bool:
        return self is other

    def __repr__(self) -> str:
        return f"{self.text}/{self.pos}/{self.dep}"

    def feature(self, name: str) -> str:
        """Return a feature of the form (« VerbForm »: « Inf »), empty where it has none."""
        return self.morph.get(name, "")

    @property
    def finite(self) -> bool:
        """Whether it is a verb or an auxiliary that bears a tense and a person."""
        return self.pos in ("VERB", "AUX") and self.morph.get("VerbForm") == "Fin"

    def nbor(self, step: int = 1) -> Token:
        """Return the word ``step`` places on.

        Raises:
            IndexError: there is none.
        """
        place = self.i + step
        if place < 0:
            raise IndexError(place)
        return self.doc[place]

    @property
    def cases(self) -> set[str]:
        """The prepositions that govern it, in small letters."""
        return {child.lower for child in self.children if child.dep == "case"}

    @property
    def left_edge(self) -> Token:
        """The first word of all that hangs on this one."""
        return self.doc[self.left]

    @property
    def right_edge(self) -> Token:
        """The last word of all that hangs on this one."""
        return self.doc[self.right]

    @property
    def subtree(self) -> list[Token]:
        """The word and all that hangs on it, in the text's order."""
        if self.right - self.left + 1 == self.size:  # nothing else stands between
            return self.doc[self.left : self.right + 1]
        found = [self]
        for token in found:  # grows as it goes: children, their children, and so on
            found += token.children
        return sorted(found, key=_place)


def _place(token: Token) -> int:
    return token.i


@lru_cache(maxsize=4096)
def features(written: str) -> Mapping[str, str]:
    """Return « Number=Plur|Tense=Past » as a mapping."""
    pairs = (item.partition("=") for item in written.split("|") if "=" in item)
    return MappingProxyType({name: value for name, _, value in pairs})


def tokens_of(doc: Doc) -> list[Token]:
    """Return a document's words as tokens, attached."""
    known, strings = _known(), doc.vocab.strings
    table = doc.to_array(list(_COLUMNS))
    for code in table[:, _NAMED].ravel().tolist():
        if code not in known:  # a difference of sets would go through all that is known
            known[code] = str(strings[code])
    found: list[Token] = []
    for i, (orth, lemma, pos, dep, morph, idx, spaced, _) in enumerate(table.tolist()):
        token = Token(known[orth], i, idx)
        token.spaced = bool(spaced)
        token.lemma, token.pos, token.dep = known[lemma], known[pos], known[dep]
        token.morph = features(known[morph])
        if token.text.isspace():  # what else a tagger sees in a blank is of no use
            token.pos, token.dep, token.morph = "SPACE", "dep", _NO_FEATURES
        token.doc = found
        found.append(token)
    heads = table[:, -1].astype("int64").tolist()
    for token, away in zip(found, heads, strict=True):
        token.head = found[token.i + away]
    attach(found)
    return found


_STRINGS: dict[int, str] = {}


def _known() -> dict[int, str]:
    """The strings met so far, by the parser's number, which depends on the string alone."""
    if len(_STRINGS) > _MOST_STRINGS:
        _STRINGS.clear()
    return _STRINGS


def attach(tokens: Sequence[Token]) -> None:
    """Set children and edges from the heads, after heads were set or changed."""
    for token in tokens:
        token.children = []
        token.left = token.right = token.i
        token.size = 1
    for token in tokens:
        if token.head is not token:
            token.head.children.append(token)
    waiting = [len(token.children) for token in tokens]
    done = [token for token in tokens if not token.children]
    while done:
        token = done.pop()
        head = token.head
        if head is token:
            continue
        if token.left < head.left:
            head.left = token.left
        if token.right > head.right:
            head.right = token.right
        head.size += token.size
        waiting[head.i] -= 1
        if not waiting[head.i]:
            done.append(head)
