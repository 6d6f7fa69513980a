"""Adnominals: clauses and participles beside a noun that the parser hangs on a verb.

Comes in: the words of a piece. Goes out: the same words, with « , qu'elle accusait de … » and
« , livrés par X » put under the noun they tell of, and « la Russie » of « que tire la Russie » made a subject.
What a verb is about is read from the tree: hung elsewhere, what was delivered or occupied would be lost.
"""

from __future__ import annotations

from collections.abc import Sequence

from foedus.coding.syntax.tree import Token, attach
from foedus.coding.syntax.words import Words
from foedus.coding.wording import Lexicon

__all__ = ["mend_adnominals"]

_VERBAL = ("VERB", "AUX")
_NOMINAL = ("NOUN", "PROPN")
_PARTED = 6
"""Words of a complement that may part a participle from its auxiliary."""
_REACH = 9
"""Words before a comma among which the noun is looked for that a participle after it agrees with."""


def mend_adnominals(doc: Sequence[Token], words: Words, lexicon: Lexicon) -> None:
    """Put clauses and participles under the nouns they tell of, where the parser did not."""
    mended = False
    for token in doc:
        if token.lower in lexicon.grammar.that and token.pos == "PRON":
            mended |= _mend_relative(token)
        elif token.dep == "advcl" and token.pos == "VERB":
            mended |= _mend_participle(token, words, lexicon)
        elif token.dep in ("acl", "amod") and token.feature("VerbForm") == "Part":
            mended |= _mend_parted(token, words, lexicon)
    if mended:
        attach(doc)


def _mend_parted(token: Token, words: Words, lexicon: Lexicon) -> bool:
    """« X a de son côté expliqué que Y »: a verb of saying hung on the noun that parts it from its auxiliary."""
    noun = token.head
    if lexicon.speech.keys().isdisjoint(words.of(token)) or token.feature("Tense") == "Pres":
        return False
    auxiliaries = lexicon.grammar.past_auxiliaries
    helper = next(
        (
            t
            for t in reversed(token.doc[max(0, token.i - _PARTED) : token.i])
            if t.lower in auxiliaries
        ),
        None,
    )
    governed = any(
        c.dep == "case" and helper is not None and c.i == helper.i + 1 for c in noun.children
    )
    if (
        helper is None
        or helper.dep.startswith("aux")
        or not governed
        or not helper.i < noun.i < token.i
    ):
        return False
    token.head, token.dep = (token, "ROOT") if helper.head is helper else (helper.head, helper.dep)
    for child in helper.children:
        if child is not token:
            child.head = token
    helper.head, helper.dep = token, "aux:tense"
    return True


def _mend_relative(that: Token) -> bool:
    """« les deux pays, qu'elle accusait de X », « les missiles que tire la Russie »."""
    verb = that.head
    if verb.pos not in _VERBAL or verb.i < that.i or that.i < 2:
        return False
    before = that.doc[that.i - 2] if that.nbor(-1).text == "," else None
    if verb.dep == "ccomp" and before is not None:
        noun = before.head if before.pos == "ADJ" else before
        if noun.pos not in _NOMINAL or noun.i > that.i or _over(verb, noun):
            return False
        verb.head, verb.dep, that.dep = noun, "acl:relcl", "obj"
        return True
    return verb.dep == "acl:relcl" and _mend_inversion(verb, that)


def _over(token: Token, other: Token) -> bool:
    """Whether ``other`` hangs on ``token``."""
    while other.head is not other:
        other = other.head
        if other is token:
            return True
    return False


def _mend_inversion(verb: Token, that: Token) -> bool:
    if any(c.dep.startswith(("nsubj", "expl:subj")) for c in verb.children):
        return False
    after = [c for c in verb.children if c.dep == "obj" and c.i > verb.i and c.pos in _NOMINAL]
    if len(after) != 1 or after[0].left != verb.i + 1:
        return False
    after[0].dep, that.dep = "nsubj", "obj"
    return True


def _mend_participle(token: Token, words: Words, lexicon: Lexicon) -> bool:
    """« la centrale de X, occupée par Y »: a deed told of the noun it agrees with."""
    if token.feature("VerbForm") != "Part" or token.feature("Tense") == "Pres" or token.i < 2:
        return False
    if token.nbor(-1).text != "," or any(
        c.dep.startswith(("aux", "nsubj")) for c in token.children
    ):
        return False
    if lexicon.by_verb.keys().isdisjoint(words.of(token)):
        return False
    for noun in reversed(token.doc[max(0, token.i - _REACH) : token.i - 1]):
        if noun.finite or noun.text in (",", ";", ":"):
            return False
        if noun.pos in _NOMINAL and _agree(noun, token) and not _over(token, noun):
            token.head, token.dep = noun, "acl"
            return True
    return False


def _agree(noun: Token, participle: Token) -> bool:
    """Whether gender and number are told of both and are the same."""
    return all(
        noun.feature(name) == participle.feature(name) != "" for name in ("Gender", "Number")
    )
