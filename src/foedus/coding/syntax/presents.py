"""Presents: verbs of headline prose that the tagger takes for nouns or adjectives.

Comes in: the words of a piece. Goes out: the same words, with « presse » of « Kiev presse l'Otan de … »
and « finance » of « le Danemark finance … » made the verbs they are, the name before them their subject.
News prose tells in the present what a name does; the parser, which sees fewer headlines than books,
hangs such a verb on the name, and the act would be lost. Mended here, once.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType

from foedus.coding.syntax.tree import Token, attach
from foedus.coding.syntax.words import Words
from foedus.coding.wording import Lexicon

__all__ = ["mend_presents"]

_MISTAGGED = ("NOUN", "ADJ", "ADV", "X", "PROPN")
_OBJECTS = ("nmod", "appos", "amod", "obj", "dep", "flat:name", "nsubj", "obl:arg", "obl:mod")


def mend_presents(doc: Sequence[Token], words: Words, lexicon: Lexicon) -> None:
    """Make verbs of the words that must be one; nothing in a language without such endings."""
    endings = lexicon.grammar.present_endings
    if not endings:
        return
    participles = tuple(lexicon.grammar.participle_endings)
    for token in doc:
        if token.pos in ("NOUN", "ADJ") and _must_be_verb(token, words, lexicon, participles):
            continue
        if token.pos in _MISTAGGED and token.lower.endswith(endings) and _follows_name(token):
            known = (w for w in words.of(token) if w in lexicon.by_verb or w in lexicon.speech)
            lemma = next((w for w in known if w != token.lower), None)
            if lemma is not None and _governs_next(token, lexicon):
                _make_verb(token, lemma)


def _must_be_verb(
    token: Token, words: Words, lexicon: Lexicon, participles: tuple[str, ...]
) -> bool:
    """Make a verb of a word that a clitic, an auxiliary or an agent shows to be one.

    « y stationner », « s'interposeront », « avoir violé », « armée par X ».
    """
    if token.i == 0:
        return False
    grammar, before = lexicon.grammar, token.nbor(-1)
    participle = token.lower.endswith(participles)
    if not participle and before.lower not in grammar.clitics:
        return False
    lemma = next((w for w in words.of(token) if w in lexicon.by_verb), None)
    if lemma is None:
        return False
    following = token.nbor(1).lower if token.i + 1 < len(token.doc) else ""
    if before.lower in grammar.clitics and before.lower != token.lower:
        form = "Inf" if token.lower == lemma else "Fin"
    elif participle and (
        (token.pos == "NOUN" and _helps(before, lexicon))
        or (token.pos == "ADJ" and following in grammar.by)
    ):
        form = "Part"
    else:
        return False
    token.pos, token.lemma, token.lemmas = "VERB", lemma, None
    tense = {"Tense": "Past"} if form == "Part" else {}
    token.morph = MappingProxyType({"VerbForm": form, **tense})
    return True


def _helps(before: Token, lexicon: Lexicon) -> bool:
    return before.pos == "AUX" or before.lower in lexicon.grammar.helper_forms


def _follows_name(token: Token) -> bool:
    """Whether a name that opens its clause, and has no verb yet, stands right before the word."""
    if token.i == 0 or any(c.dep == "det" for c in token.children if c.i < token.i):
        return False
    name = _first_of_name(token.nbor(-1))
    if name.pos != "PROPN" or not name.text[:1].isupper():
        return False
    over = name.head
    if name.dep.startswith("nsubj") and over is not token and over.pos in ("VERB", "AUX"):
        return False
    first = name.i - 1
    while first >= 0 and name.doc[first].pos == "DET":
        first -= 1
    return first < 0 or name.doc[first].pos in ("PUNCT", "CCONJ", "SPACE")


def _first_of_name(word: Token) -> Token:
    """« Jan » of « Jan Nowak »: the word that the others of a name hang on."""
    while word.dep == "flat:name" and word.pos == "PROPN" and word.head.i == word.i - 1:
        word = word.head
    return word


def _governs_next(token: Token, lexicon: Lexicon) -> bool:
    """Whether what follows can only stand after a verb: an article, « à », « de », « que »."""
    if token.i + 1 >= len(token.doc):
        return False
    following, grammar = token.nbor(1), lexicon.grammar
    if not following.text.strip():  # where a quotation mark stood: « X juge « absurde » un accord »
        return True
    if following.pos == "ADV" and following.i + 1 < len(token.doc):
        following = following.nbor(1)  # « X ferme brièvement son ciel »
    governed = (*grammar.to, *grammar.that, *grammar.against, *grammar.reflexive)
    named = following.pos == "PROPN" and following.text[:1].isupper() and token.text.islower()
    return named or following.pos in ("DET", "NUM") or following.lower in (*governed, *grammar.of)


def _make_verb(token: Token, lemma: str) -> None:
    name = _first_of_name(token.nbor(-1))
    above, link = (token.head, token.dep) if name.head is token else (name.head, name.dep)
    if above is name or above is token:
        above, link = token, "ROOT"
    token.pos, token.lemma, token.lemmas = "VERB", lemma, None
    token.head, token.dep = above, link
    for child in [*name.children, *token.children]:
        if child.i > token.i:
            child.head = token
            if child.dep in _OBJECTS and child.pos in ("NOUN", "PROPN", "PRON"):
                governed = any(c.dep == "case" for c in child.children)
                child.dep = "obl:mod" if governed else "obj"
            elif child.feature("VerbForm") == "Inf":
                child.dep = "xcomp"
    name.head, name.dep = token, "nsubj"
    attach(token.doc)
