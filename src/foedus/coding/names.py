"""Names that a report itself introduces: people whom the world register does not hold.

Comes in: the folded text, the article's passages, the mentions already found. Goes out: further
mentions of persons, bodies and outlets. A capitalised name is taken for a person only where the words beside it say
so: a civil title, an office or a function before it, a function after it, a verb of saying.
"""

from __future__ import annotations

import bisect
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise
from typing import Literal

from foedus.acts import Span
from foedus.coding.lexicon import Lexicon
from foedus.coding.mentions import spaced
from foedus.coding.spelling import Spellings
from foedus.coding.words import Words
from foedus.world.records import Mention

__all__ = ["introduced_names", "others_surnames", "slug"]

_WORD = r"[A-ZÀ-ÖØ-ÞŁŚŠŽČŞİĐ][\w'-]*[\w]"
_ASIDE = re.compile(r"\([^()]{1,12}\) *$")
_CUT = re.compile(r"[,.;:!?\n«»\"()]")
_BEFORE = re.compile(r"([\w'.-]+)[ ,]*$")
_ELIDED = re.compile(r"[A-ZÀ-Ö]'(?=[a-zà-ÿ])")
_QUOTED = re.compile(
    r"[»\"”],? (?:(?:a|ont|avait) )?([\w-]+) (?:(?:à|au|aux|en|sur|dans) [\w']+ )?$"
)
_CAPITALS = 2
"""Capitals by which a word is an abbreviation."""
_PHRASE = 7
"""Words before an abbreviation among which stands what kind of body it is."""
_SENTENCE = 300
"""Characters after a name in which its sentence's verb of saying stands."""


def slug(name: str) -> str:
    """Return a name as a slug: ASCII, lower case, hyphens."""
    plain = unicodedata.normalize("NFKD", name.replace("ł", "l").replace("Ł", "L"))
    ascii_only = plain.encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only.lower()).strip("-")


class _Free:
    """Tells where no strong mention stands yet."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        taken = sorted(m.span for m in mentions if not m.weak)
        self._starts = [span[0] for span in taken]
        self._ends = [span[1] for span in taken]

    def after(self, span: Span) -> Span:
        """« la Belge Jana Nowak »: less a mention that stands at the name's head."""
        first = bisect.bisect_left(self._starts, span[0])
        last = bisect.bisect_left(self._starts, span[1])
        ends = [self._ends[n] for n in range(first, last) if self._ends[n] < span[1]]
        opener = bisect.bisect_right(self._ends, span[0])
        if opener < first and self._ends[opener] < span[1]:
            ends.append(self._ends[opener])
        return (max(ends) + 1, span[1]) if ends else span

    def at(self, span: Span) -> bool:
        """Whether ``span`` shares no character with a strong mention (they do not overlap)."""
        before = bisect.bisect_left(self._starts, span[1]) - 1
        return before < 0 or self._ends[before] <= span[0]


def _closed_words(lexicon: Lexicon) -> frozenset[str]:
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


class _Judge:
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
        self._openers = _closed_words(lexicon) | {t.rstrip(".") for t in self._titles}
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
        """« …», tranche Jan Novak: after a quote any verb may say."""
        return re.search(r"[»\"”], [\w-]+ $", self._text[max(0, start - 30) : start]) is not None

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
        elided = _ELIDED.match(words[0])  # « L'administration Nowak »: the noun is none of it
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


def others_surnames(
    folded: str, mentions: Sequence[Mention], lexicon: Lexicon, words: Words
) -> tuple[Mention, ...]:
    """Return the mentions that are somebody else's: « Jane Nowak » is not the Nowak of the register.

    A bare surname right after a capitalised word that is no title, no function, no word of the
    dictionary and no name of its own: the word is a given name, and not the one the register knows.
    """
    closed = _closed_words(lexicon) | set(lexicon.grammar.civil_titles)
    ends = {m.span[1] for m in mentions}
    found = []
    for mention in mentions:
        start = mention.span[0]
        if mention.form != "surname" or folded[start - 1 : start] != " " or start - 1 in ends:
            continue
        before = re.search(rf"(?<![\w'-]){_WORD}$", folded[max(0, start - 25) : start - 1])
        if before is None or before.group().lower() in closed or before.group().isupper():
            continue
        if _ELIDED.match(before.group()):
            continue  # « L'administration Nowak »
        if not words.in_dictionary(before.group().lower()):
            found.append(mention)
    return tuple(found)


def introduced_names(
    folded: str,
    body: Sequence[Span],
    mentions: Sequence[Mention],
    lexicon: Lexicon,
    words: Words,
    spellings: Spellings,
) -> tuple[Mention, ...]:
    """Return mentions of people that only the report names, and of their surnames further on.

    A name with an article that says something (« le Courrier de X rapporte ») is an outlet's. The
    surname of somebody named in full is that person's, whom the register knows or not.
    """
    particles = spaced(lexicon.grammar.name_particles) or "(?!)"
    name = re.compile(rf"(?<![\w'-]){_WORD}(?: (?:{particles})?{_WORD}){{0,3}}")
    judge = _Judge(folded, lexicon, mentions, words)
    free = _Free(mentions)
    found_at = [m.span() for passage in body for m in name.finditer(folded, *passage)]
    places = [judge.without_opener(free.after(place)) for place in found_at]
    places = [p for p in places if p[0] < p[1] and free.at(p)]
    kinds = _judged(folded, places, judge)
    kinds |= dict.fromkeys(_answering(folded, body, places) - kinds.keys(), "person")
    persons = {
        name: spellings.known(name) or slug(name)
        for name, kind in kinds.items()
        if kind == "person"
    }
    surnames = _surnames(folded, mentions, persons)
    found: list[Mention] = []
    for span in places:
        name = folded[span[0] : span[1]]
        if name in kinds:
            who = persons.get(name) or slug(name)
            found.append(Mention(span=span, entities=(who,), kind=kinds[name], form="name"))
        elif " " not in name:
            alone = (
                judge.title_before(span[0])
                or judge.aged(span)
                or judge.ranked(span[0])
                or judge.speaking(span)
                or judge.arriving(span)
            )
            known = surnames.get(name) or (slug(name) if alone else None)
            if known:
                found.append(Mention(span=span, entities=(known,), kind="person", form="surname"))
    return tuple(found)


def _answering(folded: str, body: Sequence[Span], places: Sequence[Span]) -> set[str]:
    """« Jana Nowak. Un tournant, peut-être. »: full names that open a paragraph by themselves and stand elsewhere."""
    starts = {span[0] for span in body}
    counted = Counter(folded[start:end] for start, end in places)
    alone = {folded[s:e] for s, e in places if s in starts and folded[e : e + 2] == ". "}
    return {name for name in alone if " " in name and counted[name] > 1}


def _judged(
    folded: str, places: Sequence[Span], judge: _Judge
) -> dict[str, Literal["person", "outlet", "body"]]:
    """The names that some sentence of the report shows to be a person's, a body's or an outlet's."""
    kinds: dict[str, Literal["person", "outlet", "body"]] = {}
    for span in places:
        name = folded[span[0] : span[1]]
        organisation = judge.organisation(span) if name not in kinds else None
        if organisation is not None:
            kinds[name] = organisation
        if " " in name and name not in kinds and judge.person(span):
            kinds[name] = "outlet" if judge.outlet(span) else "person"
    return kinds


def _surnames(
    folded: str, mentions: Sequence[Mention], persons: Mapping[str, str]
) -> dict[str, str]:
    """Surnames of those named in full, by the register or by the report alone."""
    known = {
        folded[m.span[0] : m.span[1]].split()[-1]: m.entities[0]
        for m in mentions
        if m.kind == "person" and m.form == "name" and len(m.entities) == 1
    }
    told = {name.split()[-1]: who for name, who in persons.items()}
    return known | told
