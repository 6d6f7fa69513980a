"""Verb forms: participles, infinitives, passives and tenses, by the endings and helpers of a language.

Comes in: a verb of a parsed piece. Goes out: plain answers, which repair what the tagger takes for
something else.
"""

from __future__ import annotations

from typing import Literal

from foedus.coding.syntax.polarity import Polarity
from foedus.coding.syntax.tree import Token

__all__ = ["ADNOMINAL", "VERBAL", "Tense", "VerbForms"]

Tense = Literal["past", "present", "future", "conditional", "infinitive", "participle", "none"]

VERBAL = ("VERB", "AUX")
ADNOMINAL = ("acl", "amod", "acl:relcl")
"""Labels of a verb that stands beside a noun."""


class VerbForms(Polarity):
    """Answers about the forms of verbs of one language."""

    def infinite(self, verb: Token) -> bool:
        """Whether the verb is an infinitive or a present participle without a subject of its own."""
        if any(c.dep in ("aux:tense", "aux:pass") and self._finite(c) for c in verb.children):
            return False
        if any(c.dep.startswith("aux") and c.feature("VerbForm") == "Inf" for c in verb.children):
            return True  # « dit avoir repoussé »
        return verb.feature("VerbForm") == "Inf" or self.participle(verb) is not None

    def undergone(self, verb: Token) -> bool:
        """Whether a participle beside a noun tells what the noun undergoes (« les chars livrés »)."""
        if self.participle(verb) != "past" or verb.dep not in ADNOMINAL:
            return False
        return not set(self._words.of(verb)) & set(self._grammar.never_passive)

    def passive(self, verb: Token) -> bool:
        """Whether the subject undergoes what the verb says; « s'est engagé » is no passive."""
        if set(self._words.of(verb)) & set(self._grammar.never_passive):
            return False  # « sont arrivés », whatever the parser makes of « sont »
        labels = {c.dep for c in verb.children}
        own = {c.lower for c in verb.children if c.i < verb.i}
        if "aux:pass" in labels:
            return not own & set(self._grammar.reflexive)  # « s'y sont opposés »
        leads = verb.dep == "advcl" and verb.i < verb.head.i
        if leads and self.participle(verb) == "past":
            return True  # « attaquée par X, Y a riposté »
        active = own & set(self._grammar.reflexive) or "aux:tense" in labels  # « est entrée »
        return "nsubj:pass" in labels and not active

    def participle(self, verb: Token) -> Literal["present", "past"] | None:
        """Tell a bare participle (no auxiliary) and which."""
        for child in verb.children:
            if child.dep.startswith("aux"):  # « ayant livré »
                return "present" if self.ends_as_participle(child) else None
        if self.ends_as_participle(verb) and verb.pos in VERBAL:
            return "present"
        if verb.feature("VerbForm") == "Part":
            return "present" if verb.feature("Tense") == "Pres" else "past"
        return None

    def ends_as_participle(self, verb: Token) -> bool:
        """Whether the form ends like a present participle."""
        return verb.lower.endswith(self._grammar.present_participle_endings)

    def _finite(self, verb: Token) -> bool:
        return verb.feature("VerbForm") in ("Fin", "") and not self.ends_as_participle(verb)

    def tense(self, verb: Token) -> Tense:
        """Return the tense that the finite word of the verb group shows, by its ending."""
        group = [c for c in verb.children if c.dep.startswith("aux") or c.dep == "cop"]
        finite = next((t for t in group if t.lower not in self._grammar.helper_forms), verb)
        word = finite.lower
        for mark in self._grammar.inversion:  # « livrera-t-il »
            word = word.removesuffix(mark[:-1])
        helpers = {t.lower for t in group}
        if helpers & set(self._grammar.conditional_words):
            return "conditional"
        if helpers & set(self._grammar.future_words):
            return "future"
        if finite.pos in VERBAL or finite == verb:
            if word.endswith(self._grammar.conditional_endings) and not self._imperfect(
                word, finite
            ):
                return "conditional"
            if word.endswith(self._grammar.future_endings) and self._future_form(word, finite):
                return "future"
        if group and finite != verb:
            return "past"
        if verb.feature("VerbForm") == "Inf":
            return "infinitive"
        if self.participle(verb):
            return "participle"
        return "past" if verb.feature("Tense") in ("Past", "Imp") else "present"

    def _imperfect(self, word: str, token: Token) -> bool:
        """« tirait », « assurait », « ouvrait »: the stem of the verb itself ends like an infinitive."""
        return any(
            lemma.endswith(infinitive) and word == lemma.removesuffix(infinitive) + ending
            for lemma in self._words.of(token)
            for infinitive in self._grammar.stem_infinitives
            for ending in self._grammar.imperfect_endings
        )

    def _future_form(self, word: str, token: Token) -> bool:
        """« livrera » is a future, « montra » or « opéra » are not: the stem must be an infinitive's."""
        if token.feature("Tense") == "Fut":
            return True
        stem = next(
            (word[: -len(e)] for e in self._grammar.future_endings if word.endswith(e)), word
        )
        lemmas = self._words.of(token)
        infinitives = self._grammar.infinitive_endings
        return stem.endswith(self._grammar.future_stems) and any(
            lemma.endswith(infinitives) and lemma.startswith(stem[:3]) for lemma in lemmas
        )
