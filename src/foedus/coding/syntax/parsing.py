"""The parser and the words it gives: pieces of a report, parsed, with their place in the text.

Comes in: pieces and the folded text. Goes out: :class:`Parsed` pieces, whose tokens know their
offsets in the report, and lemmas that put right what the parser's lemmatiser misses.
"""

from __future__ import annotations

import importlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from typing import Any

import numpy as np
from spacy.attrs import ORTH, SENT_START
from spacy.language import Language
from spacy.tokens import Doc

from foedus.acts import Span
from foedus.coding.syntax.labels import relabel
from foedus.coding.syntax.tree import Token, attach, features, tokens_of
from foedus.coding.text import Piece, blank_marks
from foedus.coding.wording import Labelling
from foedus.errors import FoedusError

__all__ = ["Parsed", "load_parser", "parse"]

_VERBAL = ("VERB", "AUX")
_NOMINAL = ("NOUN", "PROPN", "PRON")
_NAMES = ("NOUN", "PROPN", "X")
_WITHIN = -1
"""spaCy's number for a word that begins no sentence."""
_NO_NAMES = ("advmod", "mark", "cc", "aux:tense", "dep", "expl:subj", "advcl", "punct", "xcomp")
"""Labels that the parser gives to a name only where it does not see one."""


@Language.component("foedus_one_sentence")  # type: ignore[untyped-decorator]
def _one_sentence(doc: Doc) -> Doc:
    """Keep the parser from cutting a piece: pieces are sentences already."""
    starts = np.full((len(doc), 1), _WITHIN, dtype="int64").view("uint64")
    starts[:1] = 1
    return doc.from_array([SENT_START], starts)


def _index_lemmas(nlp: Language) -> None:
    """Let known words be looked up at once: some packages keep them in lists, which are gone through."""
    lookups = getattr(nlp.get_pipe("lemmatizer"), "lookups", None)
    if lookups is None or not lookups.has_table("lemma_index"):
        return
    table = lookups.get_table("lemma_index")
    for part_of_speech, words in list(table.items()):
        table[part_of_speech] = frozenset(words)


@cache
def load_parser(
    package: str, unused: tuple[str, ...] = ("ner",), whole_words: tuple[str, ...] = ()
) -> Language:
    """Load a spaCy model that is installed as a Python package, without its ``unused`` parts.

    ``whole_words`` are words with a hyphen that its tokenizer would cut (« état-major »).

    Raises:
        FoedusError: the package is not installed.
    """
    try:
        module: Any = importlib.import_module(package)
    except ImportError as error:
        raise FoedusError(
            f"the language model {package} is not installed", remedy="run: make brief"
        ) from error
    nlp: Language = module.load(exclude=list(unused))
    nlp.add_pipe("foedus_one_sentence", before="parser")
    _index_lemmas(nlp)
    for word in whole_words:
        for form in (word, word[:1].upper() + word[1:]):
            nlp.tokenizer.add_special_case(form, [{ORTH: form}])
    return nlp


class Parsed:
    """A parsed piece. ``doc`` holds its words; offsets are the report's."""

    def __init__(self, piece: Piece, doc: list[Token], number: int) -> None:
        self.piece = piece
        self.doc = doc
        self.number = number
        self.start = piece.span[0]
        self._starts = [t.idx for t in doc]
        self._ends = [t.idx + len(t.text) for t in doc]

    def span(self, first: Token, last: Token | None = None) -> Span:
        """Return the report's offsets of a token, or of all from ``first`` to ``last``."""
        end = last if last is not None else first
        return self.start + first.idx, self.start + end.idx + len(end.text)

    def tokens(self, span: Span) -> list[Token]:
        """Return the tokens that share a character with ``span``."""
        low, high = span[0] - self.start, span[1] - self.start
        first = bisect_right(self._ends, low)
        after = bisect_left(self._starts, high)
        return self.doc[first:after]


def _mend_participles(doc: list[Token], endings: tuple[str, ...]) -> None:
    """« a contesté que …, et déploré que … »: what the tagger takes for a present, by its ending a participle."""
    for token in doc:
        if token.finite and token.pos == "VERB" and token.lower.endswith(endings):
            token.morph = features("Tense=Past|VerbForm=Part")


def _mend_verbs(doc: list[Token]) -> None:
    """Tag as verbs what the tagger takes for nouns, although it has an auxiliary or a subject.

    « X a téléphoné », « X livre des chars »: the tree tells what the tag gets wrong. A noun that is
    a predicate has a copula, or a determiner of its own.
    """
    for token in doc:
        if token.pos == "NOUN":
            links = {child.dep for child in token.children}
            if not links & {"cop", "det"} and links & {"aux:tense", "nsubj"}:
                token.pos = "VERB"
        elif token.pos == "ADJ" and (
            _follows_inversion(token) or _has_both(token) or _governs(token)
        ):
            token.pos = "VERB"


def _mend_forms(doc: list[Token], forms: Mapping[str, str]) -> None:
    """Restore verbs whose form the tagger takes for an adverb (« X dément avoir frappé »).

    The name before it is its subject, and the infinitive that was hung on the name is what it
    governs. Left as it is, a denied deed would come out as done.
    """
    for token in doc:
        lemma = forms.get(token.lower)
        if lemma is None or token.pos == "VERB" or token.i == 0:
            continue
        subject = token.nbor(-1)
        while subject.head.pos in _NOMINAL and subject.head.i < subject.i:
            subject = subject.head
        if subject.pos not in ("NOUN", "PROPN", "PRON"):
            continue
        governed = [t for t in doc[token.i + 1 :] if t.head == subject and t.pos in _VERBAL]
        above, link = subject.head, subject.dep
        token.pos, token.lemma = "VERB", lemma
        if above == subject:
            token.head, token.dep = token, "ROOT"
        elif not _under(above, token):
            token.head, token.dep = above, link
        subject.head, subject.dep = token, "nsubj"
        for verb in governed[:1]:
            verb.head, verb.dep = token, "xcomp"
        attach(doc)


def _under(token: Token, other: Token) -> bool:
    """Whether ``token`` is ``other`` or hangs on it: hung on it in turn, the two would go round."""
    while token is not other and token.head is not token:
        token = token.head
    return token is other


def _has_both(token: Token) -> bool:
    """« que X rencontre Y »: what has a subject and an object, and no copula, is a verb."""
    links = {child.dep for child in token.children}
    return {"nsubj", "obj"} <= links and not links & {"cop", "det"}


def _governs(token: Token) -> bool:
    """« L'armée revendique avoir tiré »: a subject and an infinitive with its auxiliary, and no copula."""
    links = {child.dep for child in token.children}
    if not {"nsubj", "xcomp"} <= links or links & {"cop", "det"}:
        return False
    return any(
        g.pos == "AUX" and g.feature("VerbForm") == "Inf"
        for child in token.children if child.dep == "xcomp" for g in child.children
    )  # fmt: skip


def _follows_inversion(token: Token) -> bool:
    """« a-t-elle martelé »: an auxiliary and a pronoun hung on it stand before the word."""
    if token.i < 2 or not token.nbor(-1).text.startswith("-"):
        return False
    return any(t.pos == "AUX" for t in token.doc[max(0, token.i - 3) : token.i - 1])


def _lost(tokens: Sequence[Token], names: Sequence[Span], start: int) -> frozenset[int]:
    """The numbers of single names that the parser took for no name at all (« Macron » for an adverb)."""
    at = [start + token.idx for token in tokens] if names else []
    alone = ((bisect_left(at, low), bisect_left(at, high)) for low, high in names)
    own = (tokens[first] for first, past in alone if past - first == 1)
    return frozenset(t.i for t in own if t.pos not in _NAMES or t.dep in _NO_NAMES)


def _with_known_names(doc: Doc, lost: AbstractSet[int], known_name: str) -> Doc:
    """The words of a piece with those of the numbers ``lost`` replaced by a name that the parser knows."""
    words = [known_name if t.i in lost else t.text for t in doc]
    return Doc(doc.vocab, words=words, spaces=[bool(t.whitespace_) for t in doc])


def _put_back(tokens: list[Token], doc: Doc) -> list[Token]:
    """Give the tokens of a piece their own words again, and their places."""
    for token, own in zip(tokens, doc, strict=True):
        if token.text != own.text:
            token.text = token.lemma = own.text
            token.lower = own.text.lower()
        token.idx = own.idx
    return tokens


def _words_of(
    pieces: Sequence[Piece],
    folded: str,
    nlp: Language,
    names: Sequence[Sequence[Span]],
    known_name: str | None,
) -> list[list[Token]]:
    """The tokens of some pieces, each with its people's names; those whose names were lost, parsed again."""
    texts = [blank_marks(folded[slice(*piece.span)]) for piece in pieces]
    docs = list(nlp.pipe(texts, batch_size=len(pieces)))
    found = [tokens_of(doc) for doc in docs]
    if known_name is None:
        return found
    again: dict[int, Doc] = {}
    for number, (piece, near) in enumerate(zip(pieces, names, strict=True)):
        if lost := _lost(found[number], near, piece.span[0]):
            again[number] = _with_known_names(docs[number], lost, known_name)
    # together: one by one, few pieces would take as long as all of them
    for number, shown in zip(again, nlp.pipe(again.values(), batch_size=len(pieces)), strict=True):
        found[number] = _put_back(tokens_of(shown), docs[number])
    return found


def parse(
    pieces: Sequence[Piece],
    folded: str,
    nlp: Language,
    labelling: Labelling | None = None,
    forms: Mapping[str, str] | None = None,
    names: Sequence[Span] = (),
    known_name: str | None = None,
    never_finite: tuple[str, ...] = (),
    batch: int = 64,
) -> Iterator[Parsed]:
    """Parse the pieces in order; quotation marks are blanked, offsets kept.

    ``forms`` are verb forms that the tagger takes for other words. ``names`` are people's names, in order:
    where the parser takes one for no name, the piece is parsed once more with ``known_name`` in its place,
    and bears its own words again. What ends like one of ``never_finite`` is no finite verb. ``labelling`` says how the parser's labels differ from the engine's, if they do.
    """
    starts = [span[0] for span in names]
    for first in range(0, len(pieces), batch):
        some = pieces[first : first + batch]
        near = [
            names[bisect_left(starts, p.span[0]) : bisect_left(starts, p.span[1])] for p in some
        ]
        for number, tokens in enumerate(_words_of(some, folded, nlp, near, known_name), first):
            _mend_verbs(tokens)
            if never_finite:
                _mend_participles(tokens, never_finite)
            _mend_forms(tokens, forms or {})
            if labelling:
                relabel(tokens, labelling)
            yield Parsed(pieces[number], tokens, number)
