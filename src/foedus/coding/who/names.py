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
from typing import Literal

from foedus.acts import Span
from foedus.coding.syntax import Words
from foedus.coding.who.mentions import spaced
from foedus.coding.who.nameclues import ELIDED, NameClues, closed_words
from foedus.coding.who.spelling import Spellings
from foedus.coding.wording import Lexicon
from foedus.world.records import Mention

__all__ = ["introduced_names", "others_surnames", "slug"]

_WORD = r"[A-ZÀ-ÖØ-ÞŁŚŠŽČŞİĐ][\w'-]*[\w]"


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


def others_surnames(
    folded: str, mentions: Sequence[Mention], lexicon: Lexicon, words: Words
) -> tuple[Mention, ...]:
    """Return the mentions that are somebody else's: « Jane Nowak » is not the Nowak of the register.

    A bare surname right after a capitalised word that is no title, no function, no word of the
    dictionary and no name of its own: the word is a given name, and not the one the register knows.
    """
    closed = closed_words(lexicon) | set(lexicon.grammar.civil_titles)
    ends = {m.span[1] for m in mentions}
    found = []
    for mention in mentions:
        start = mention.span[0]
        if mention.form != "surname" or folded[start - 1 : start] != " " or start - 1 in ends:
            continue
        before = re.search(rf"(?<![\w'-]){_WORD}$", folded[max(0, start - 25) : start - 1])
        if before is None or before.group().lower() in closed or before.group().isupper():
            continue
        if ELIDED.match(before.group()):
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
    capitalised = re.compile(rf"(?<![\w'-]){_WORD}(?: (?:{particles})?{_WORD}){{0,3}}")
    judge = NameClues(folded, lexicon, mentions, words)
    free = _Free(mentions)
    found_at = [m.span() for passage in body for m in capitalised.finditer(folded, *passage)]
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
    bodies: set[str] = set()
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
            elif judge.asserting(span):
                bodies.add(name)
    found += [
        Mention(span=span, entities=(slug(name),), kind="body", form="name")
        for span in places if (name := folded[slice(*span)]) in bodies and name not in kinds
    ]  # fmt: skip
    return tuple(found)


def _answering(folded: str, body: Sequence[Span], places: Sequence[Span]) -> set[str]:
    """« Jana Nowak. Un tournant, peut-être. »: full names that open a paragraph by themselves and stand elsewhere."""
    starts = {span[0] for span in body}
    counted = Counter(folded[start:end] for start, end in places)
    alone = {folded[s:e] for s, e in places if s in starts and folded[e : e + 2] == ". "}
    return {name for name in alone if " " in name and counted[name] > 1}


def _judged(
    folded: str, places: Sequence[Span], judge: NameClues
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
