"""What stands beside a capitalised name and tells that it is a person's, a body's or an outlet's.

Comes in: the folded text of a report, and where a name stands in it. Goes out: whether a civil title, an office
or a function, an age, a verb of saying or the words for an organisation stand beside it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise
from typing import Literal

from foedus.acts import Span
from foedus.coding.syntax import Words
from foedus.coding.who.mentions import spaced
from foedus.coding.wording import Lexicon
from foedus.world.records import Mention

__all__ = ["ELIDED", "NameClues", "closed_words"]

_ASIDE = re.compile(r"\([^()]{1,12}\) *$")
_CUT = re.compile(r"[,.;:!?\n«»\"()]")
_BEFORE = re.compile(r"([\w'.-]+)[ ,]*$")
ELIDED = re.compile(r"[A-ZÀ-Ö]'(?=[a-zà-ÿ])")
"""« L'administration »: an article before a word that is no name."""
_QUOTED = re.compile(
    r"[»\"”],? (?:(?:a|ont|avait) )?([\w-]+) (?:(?:à|au|aux|en|sur|dans) [\w']+ )?$"
)
_CAPITALS = 2
"""Capitals by which a word is an abbreviation."""
_PHRASE = 7
"""Words before an abbreviation among which stands what kind of body it is."""
_SENTENCE = 300
"""Characters after a name in which its sentence's verb of saying stands."""


def closed_words(lexicon: Lexicon) -> frozenset[str]:
    """Words of the grammar and of naming sources: they open sentences, and begin no name."""
    grammar, sayings = lexicon.grammar, lexicon.sayings
    lists = (
        grammar.purpose, grammar.place, grammar.of, grammar.to, grammar.by, grammar.because,
        grammar.boundary, grammar.clause_openers, grammar.after_words, grammar.turns,
        grammar.definite, grammar.alongside, grammar.without, sayings.according_to,
        sayings.for_speaker, grammar.person_words, grammar.back_pointers, grammar.platforms,
    )  # fmt: skip
    return frozenset(word.split()[0] for words in lists for word in words)


def _aside(before: str) -> str:
    """« le général (2S) Yves Morel »: a short aside between function and name tells nothing."""
    return _ASIDE.sub("", before)


def _either(word: str, known: AbstractSet[str]) -> bool:
    """Whether « ministre » is known, or « lieutenant-colonel » by either of its halves."""
    word = word.lower()
    return not known.isdisjoint([word, *word.split("-")])


class NameClues:
    """Tells whether a capitalised name is a person's, by the words beside it."""

    def __init__(
        self, folded: str, lexicon: Lexicon, mentions: Sequence[Mention], words: Words
    ) -> None:
        self._text = folded
        self._functions = set(lexicon.grammar.person_words)
        self._titles = set(lexicon.grammar.civil_titles)
        between = spaced((*lexicon.grammar.articles, *lexicon.grammar.past_auxiliaries))
        self._after = re.compile(rf"[ ,]*(?:{between})?([\w'-]+)")
        self._speech = {*lexicon.speech, *lexicon.sayings.forms}
        self._words = words
        self._years = lexicon.grammar.years
        self._people_are = set(lexicon.grammar.people_are)
        self._definite = set(lexicon.grammar.definite)
        self._definite_of = lexicon.grammar.definite_merged
        self._relative = set(lexicon.grammar.relative)
        self._bodies = set(lexicon.grammar.organisation_words)
        self._of_name = re.compile(rf"([\w-]+) (?:{spaced(lexicon.grammar.of)})$")
        self._staff = set(lexicon.grammar.staff)
        self._outlets = set(lexicon.grammar.outlet_words)
        self._openers = closed_words(lexicon) | {t.rstrip(".") for t in self._titles}
        self._offices = {m.span[1] for m in mentions if m.form in ("office", "title", "inhabitant")}
        self._office_starts = {m.span[0] for m in mentions if m.form in ("office", "title")}
        self._demonym_ends = {m.span[1]: m.span[0] for m in mentions if m.form == "demonym"}

    def _function_before(self, start: int) -> bool:
        before = _aside(self._text[max(0, start - 40) : start])
        end = start - (len(before) - len(before.rstrip(" ,:")))
        if end in self._offices:
            return True
        if end in self._demonym_ends:
            before = self._text[max(0, end - 60) : self._demonym_ends[end]]
        match = _BEFORE.search(before)
        return match is not None and _either(match[1].split("'")[-1], self._functions)

    def title_before(self, start: int) -> bool:
        """Whether « M. », « Mme » and the like stand before the name."""
        match = _BEFORE.search(_aside(self._text[max(0, start - 30) : start]))
        return match is not None and _either(match[1], self._titles)

    def organisation(self, span: Span) -> Literal["body", "outlet"] | None:
        """« l'ONG Horizons », « le groupe Delta », « le portail Kurier »: a body's name, or an outlet's."""
        name = self._text[span[0] : span[1]]
        end = self._demonym_ends.get(span[0] - 1, span[0])  # « le groupe français Delta »
        before = re.search(r"([\w-]+)[ ']$", self._text[max(0, end - 30) : end])
        if before is None or name.split()[0].lower() in self._openers:
            return None
        word = before[1] if before[1].isupper() else before[1].lower()
        lemmas = {word, *self._words.lemmas(word, word)}
        if lemmas & self._bodies or self._employs(span) or self._abbreviates(span):
            return "body"
        return "outlet" if lemmas & self._outlets else None

    def _employs(self, span: Span) -> bool:
        """« un porte-parole de Delta », « le patron de Delta »: one word that nobody bears as a name."""
        name = self._text[slice(*span)]
        if " " in name or self._words.in_dictionary(name.lower()):
            return False
        lead = self._of_name.search(self._text[max(0, span[0] - 40) : span[0]])
        return lead is not None and lead[1].lower() in self._staff

    def _abbreviates(self, span: Span) -> bool:
        """« l'institut américain d'études géologiques USGS »: letters after the words for a body."""
        name = self._text[slice(*span)]
        if " " in name or sum(letter.isupper() for letter in name) < _CAPITALS:
            return False
        phrase = _CUT.split(self._text[max(0, span[0] - 80) : span[0]])[-1]
        words = {w.lower() for w in re.findall(r"[\w-]+", phrase)[-_PHRASE:]}
        return not words.isdisjoint(self._bodies)

    def ranked(self, start: int) -> bool:
        """« le caporal Novak »: a function in small letters right before a single name."""
        match = re.search(r"([a-zà-ÿ'-]+) $", self._text[max(0, start - 30) : start])
        return match is not None and _either(match[1].split("'")[-1], self._functions)

    def person(self, span: Span) -> bool:
        """Whether the name of two words or more is a person's."""
        if self.title_before(span[0]) or self._function_before(span[0]):
            return True
        if self._in_apposition(span[0]) or self._in_phrase(span[0]):
            return True
        if self._before_relative(span):
            return True
        if self.aged(span) or self._after_quote(span[0]):
            return True
        if self._after_saying(span[0]):
            return True
        after = self._after.match(self._text, span[1], min(len(self._text), span[1] + 60))
        if after is None:
            return False
        word = after[1].lower()
        comma = self._text[span[1] : span[1] + 2].lstrip()[:1] == ","
        if comma and (word in self._functions or after.start(1) in self._office_starts):
            return True
        return self._says(word)

    def _in_apposition(self, start: int) -> bool:
        """« le porte-parole militaire des rebelles, Jan Novak, »: a function, then the name."""
        before = self._text[max(0, start - 90) : start]
        if not before.endswith(", "):
            return False
        phrase = _CUT.split(_aside(before[:-2]))[-1]
        words = re.findall(r"[\w-]+'?", phrase.lower())
        if any(word in self._functions for word in words[:5]):
            return True
        # « a réagi sur la Toile la secrétaire aux Transports du Ghana, Ama Boateng »: past a verb
        led = {lead for lead, word in pairwise(words) if word in self._functions}
        return not led.isdisjoint(self._definite)

    def _before_relative(self, span: Span) -> bool:
        """« Ama Boateng, qui enseigne à X, rappelle que »: at the head of a sentence, and then a verb says."""
        lead = self._text[max(0, span[0] - 2) : span[0]]
        words = self._text[slice(*span)].lower().split()
        plain = all(self._words.in_dictionary(word) for word in words)
        if plain or lead.strip(" ") not in ("", "\n", "."):
            return False
        rest = re.split(r"[.;:!?\n]", self._text[span[1] : span[1] + _SENTENCE])[0]
        relative = re.match(r", ([\w']+) ", rest)
        if relative is None or relative[1].lower() not in self._relative:
            return False
        return any(self._says(word.lower()) for word in re.findall(r"(?<=, )[\w-]+", rest)[1:])

    def _in_phrase(self, start: int) -> bool:
        """« le général à la retraite Jan Novak », « l'élu d'opposition Jan Novak »."""
        phrase = _CUT.split(self._text[max(0, start - 60) : start])[-1]
        words = re.findall(r"[\w-]+", phrase)[-5:]
        if len(words) < 2 or any(word[:1].isupper() for word in words[1:]):
            return False
        return any(_either(word, self._functions) for word in words[:-1])

    def aged(self, span: Span) -> bool:
        """« Jan Novak, 41 ans »."""
        after = self._text[span[1] : span[1] + 12]
        return any(re.match(rf", \d{{2,3}} {word}\b", after) for word in self._years)

    def _after_quote(self, start: int) -> bool:
        """« …», tranche Jan Novak: after a quote any verb may say; « …», écrit ainsi Jan Novak."""
        lead = re.search(
            r"[»\"”], ([\w-]+) (?:[a-zà-ÿ]+ )?$", self._text[max(0, start - 45) : start]
        )
        if lead is None:
            return False
        right_before = lead.end(1) + 1 == lead.end()
        return right_before or self._says(lead[1].lower())

    def speaking(self, span: Span) -> bool:
        """« …», témoigne Marek, agriculteur à X: a single name between a verb of saying and a function.

        Also « …», crie Oksana, arrivée hier: after words of saying that follow a quote.
        """
        lead = _QUOTED.search(self._text[max(0, span[0] - 40) : span[0]])
        if lead is not None and not self._words.in_dictionary(self._text[slice(*span)].lower()):
            return self._says(lead[1].lower())
        if not self._after_saying(span[0]):
            return False
        after = self._after_comma(span[1])
        return after is not None and _either(after, self._functions)

    def asserting(self, span: Span) -> bool:
        """« Delta a assuré que »: a single name that opens a sentence, no word of the dictionary, and says."""
        if (
            not self._opens(span[0])
            or ELIDED.match(self._text, span[0])
            or self._words.in_dictionary(self._text[slice(*span)].lower())
        ):
            return False
        after = self._after.match(self._text, span[1], min(len(self._text), span[1] + 40))
        return after is not None and "," not in after[0] and self._says(after[1].lower())

    def arriving(self, span: Span) -> bool:
        """« Oksana, réfugiée à X, attend »: a single name that opens a sentence, and what only people are."""
        return self._opens(span[0]) and self._after_comma(span[1]) in self._people_are

    def _opens(self, start: int) -> bool:
        """Whether a sentence begins at an offset."""
        return self._text[max(0, start - 2) : start].strip(" ") in ("", "\n", ".")

    def _after_comma(self, end: int) -> str | None:
        """The word after the comma that stands at an offset, in small letters."""
        after = re.match(r", ([\w'-]+)", self._text[end : end + 40])
        return after[1].lower() if after is not None else None

    def without_opener(self, span: Span) -> Span:
        """« Pour Jan Novak »: a sentence's first word bears a capital and is no part of the name."""
        words = self._text[span[0] : span[1]].split(" ")
        led = self._text[max(0, span[0] - 5) : span[0]].split()[-1:]
        article = "'" in "".join(led) or bool(set(led) & self._definite_of)
        office = len(words) > 2 and article and self._in_phrase(span[0])
        if office and self._words.in_dictionary(words[0].lower()):
            return span[0] + len(words[0]) + 1, span[1]  # « le ministre de la Justice Jan Novak »
        elided = ELIDED.match(words[0])  # « L'administration Nowak »: the noun is none of it
        if len(words) > 1 and (elided is not None or words[0].lower() in self._openers):
            return span[0] + len(words[0]) + 1, span[1]
        return span

    def outlet(self, span: Span) -> bool:
        """« le Courrier de X »: people's names bear no article."""
        before = _BEFORE.search(self._text[max(0, span[0] - 20) : span[0]])
        elided = self._text[span[0] - 2 : span[0]].lower() in self._definite
        article = before is not None and before[1].lower() in self._definite
        return (elided or article) and not self._function_before(span[0])

    def _after_saying(self, start: int) -> bool:
        """« déclare Jan Novak »: a verb of saying right before the name."""
        before = _BEFORE.search(self._text[max(0, start - 20) : start])
        return before is not None and self._says(before[1].lower())

    def _says(self, word: str) -> bool:
        return bool(self._speech & set(self._words.lemmas(word, word)))
