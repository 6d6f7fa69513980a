"""In what words an act is told, and whether as something past.

Comes in: an act, the text it stands in, its language. Goes out: :class:`Clause`: the words near the one
that tells the act, by the beginnings of their lemmas, without names of those who act, figures and what
any report has (``data/clauses.yaml``); whether the word that tells the act does so as past, or as what
goes on. Of a report: where what stands, and what it is about (:mod:`foedus.ledger.passages`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import msgspec

from foedus.acts import Act, DateRange
from foedus.declared import load_declared
from foedus.ledger.context import Pointing, Taken, answered, taken_in, times_told_of
from foedus.ledger.joining.landmarks import Landmarks, When
from foedus.ledger.passages import Page, Place, page_of
from foedus.ledger.roles import Roles, WorldLike
from foedus.ledger.rules import load_rules
from foedus.ledger.wordprint import folded, load_utterance_rules, word_key
from foedus.report.records import Report

__all__ = ["Clause", "ClauseRules", "Clauses", "Told", "load_clause_rules"]

_DEFAULT = Path(__file__).parents[1] / "data" / "clauses.yaml"
_TOKEN = re.compile(r"[^\W\d_]+")
_LEAST, _SHORT = 4, 3
"""Letters of the shortest word that is compared, and of the shortest that the vocabulary has (« nié »)."""
_FEW = 2
"""Words beside the one that tells a refusal, from which on it says itself what is refused."""
_LEAD = 40
_BEFORE = 3
"""Words before the one that tells the act among which its auxiliary or article stands."""
_PARTIES = frozenset({"state", "body", "person", "office", "outlet", "group"})


class LanguageClauses(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A language's words that say nothing, and those that tell of a past, of the war, or of what goes on."""

    common: tuple[str, ...]
    common_words: frozenset[str]
    alike: tuple[tuple[str, ...], ...]
    auxiliary: frozenset[str]
    past: str
    article: frozenset[str]
    infinitive: str
    war: tuple[str, ...]
    whole: tuple[str, ...]
    one_act: tuple[str, ...]
    indefinite: frozenset[str]
    no_war: tuple[str, ...]
    ongoing: str
    now: str
    pointing: Pointing


class ClauseRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of ``clauses.yaml``. ``around`` and ``near`` are in characters, ``about`` in words, ``answered_back`` in sentences."""

    around: int
    near: int
    about: int
    answered_back: int
    languages: dict[str, LanguageClauses]


@cache
def load_clause_rules(path: Path = _DEFAULT) -> ClauseRules:
    """Read the rules.

    Raises:
        FoedusError: the file is not as it must be; file and line are named.
    """
    declared, lines = load_declared(path, ClauseRules)
    for name, language in declared.languages.items():
        for key in ("past", "infinitive", "ongoing"):
            lines.check_pattern(getattr(language, key), "languages", name, key)
        for key in ("thing", "toll", "claim", "other"):
            lines.check_pattern(getattr(language.pointing, key), "languages", name, "pointing", key)
    return declared


class Clause(NamedTuple):
    """The words of an act that are compared, in order, each once; and whether it is told as past.

    Before those of the word that tells it stands ``!``, before those of what it answers ``?``. ``war``: that word names a use of force as a whole;
    ``whole``: even where nobody says whose.
    ``ongoing``: it is told as what goes on, or goes on again and again.
    """

    words: tuple[str, ...] = ()
    past: bool = False
    war: bool | None = None
    ongoing: bool = False
    whole: bool = False


class Told(NamedTuple):
    """How an act is told: in what clause, where in the report, what that is about, what is left out."""

    clause: Clause = Clause()
    place: Place | None = None
    story: str = ""
    taken: Taken | None = None
    landmark: str | None = None


class Clauses:
    """Reads the words of acts; ``world`` tells who is a party, whose name is compared elsewhere."""

    def __init__(self, world: WorldLike) -> None:
        self._world, self._roles = world, Roles(world)
        self._landmarks = Landmarks(self._roles.landmarks, self._roles)
        self._types, self._told_of = load_rules().types, load_rules().told_of
        self._rules, self._stop = load_clause_rules(), load_utterance_rules()
        self._alike = {name: dict(self._keys_alike(name)) for name in self._rules.languages}
        self._word = lru_cache(maxsize=1 << 16)(self._key)

    def of(self, act: Act, text: str, language: str) -> Clause:
        """Return in what words ``act`` is told in ``text``; none where the language is not declared."""
        declared = self._rules.languages.get(language)
        if declared is None or not act.trigger or act.trigger[1] > len(text):
            return Clause()
        start = max(act.span[0], act.trigger[0] - self._rules.around)
        end = min(act.span[1], act.trigger[1] + self._rules.around)
        found = (self._word(m[0], language) for m in _TOKEN.finditer(text, start, end))
        told = {self._word(m[0], language) for m in _TOKEN.finditer(text, *act.trigger)}
        words = tuple(dict.fromkeys(f"!{w}" if w in told else w for w in found if w))
        war, whole = self._names_war(text, act.trigger, declared)
        near = text[
            max(act.span[0], act.trigger[0] - self._rules.near) :
            min(act.span[1], act.trigger[1] + self._rules.near)
        ]  # fmt: skip
        ongoing = re.search(declared.ongoing, near.lower()) is not None
        past = self._is_past(text, act.trigger, declared)
        return Clause(words, past, war, ongoing, whole)

    def _names_war(
        self, text: str, trigger: tuple[int, int], declared: LanguageClauses
    ) -> tuple[bool, bool]:
        """Whether the word that tells an act names the war: « l'attaque russe », and not « une attaque »;
        and whether it does so whoever's it is: « l'invasion ».
        """
        named = [folded(m[0]) for m in _TOKEN.finditer(text, *trigger)]
        if any(word.startswith(declared.no_war) for word in named):
            return False, False
        before = [
            m[0].lower() for m in _TOKEN.finditer(text, max(0, trigger[0] - _LEAD), trigger[0])
        ]
        one = bool(declared.indefinite.intersection(before[-1:]))
        single = declared.one_act if one else ()
        war = any(w.startswith(declared.war) and not w.startswith(single) for w in named)
        return war, war and not one and any(w.startswith(declared.whole) for w in named)

    def page(self, report: Report) -> Page:
        """Return where what stands in ``report``, and what it is about; in no declared language: nothing."""

        def words(start: int, end: int) -> tuple[str, ...]:
            if report.language not in self._rules.languages:
                return ()
            found = (m[0] for m in _TOKEN.finditer(report.text, start, end))
            return tuple(w for raw in found if (w := self._word(raw, report.language, True)))

        return page_of(report, words, self._rules.about)

    def told_in(
        self, acts: Sequence[Act], report: Report, published: DateRange | None
    ) -> dict[str, Told]:
        """Return how the acts of a report are told, by their ids. They must carry their worked-out dates.

        ``published``: the days on which it may have appeared.
        """
        page = self.page(report)
        story = " ".join(page.story)
        ordered = sorted((a for a in acts if a.trigger), key=lambda a: (a.trigger, a.id))
        found = ((a.id, page.place(a.trigger[0])) for a in ordered)
        where = {name: place for name, place in found if place is not None}
        known = self._known(ordered, report, published)
        taken = self._taken(ordered, where, report, published, known)
        clauses = {a.id: self.of(a, report.text, report.language) for a in acts}
        more = dict(self._answered(ordered, where, clauses))

        known |= {
            name: known[meant]
            for name, left_out in taken.items()
            if name not in known and (meant := left_out.meant) in known
        }

        return {
            a.id: Told(
                clauses[a.id]._replace(words=clauses[a.id].words + more.get(a.id, ())),
                where.get(a.id), story, taken.get(a.id), known.get(a.id),
            ) for a in acts
        }  # fmt: skip

    def _known(
        self, acts: Sequence[Act], report: Report, published: DateRange | None
    ) -> dict[str, str]:
        """Return the known events that acts tell of, by their ids: by themselves, then beside what tells of them so."""

        def told(some: Iterable[Act], elsewhere: frozenset[str]) -> dict[str, str]:
            told_in, text, language = self._landmarks.told_in, report.text, report.language
            named = (
                (a.id, told_in(a, text, language, When(a.date, published), elsewhere)) for a in some
            )
            return {name: event for name, event in named if event is not None}

        found = told(acts, frozenset())
        elsewhere = frozenset(found.values())
        # only what a mark asks of the rest of the report can be told otherwise the second time
        left = (a for a in acts if not self._landmarks.asks_for(a.type).isdisjoint(elsewhere))
        return found | told((a for a in left if a.id not in found), elsewhere)

    def _answered(
        self, acts: Sequence[Act], where: Mapping[str, Place], clauses: Mapping[str, Clause]
    ) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield refusals and denials told in few words, with those of what they answer beside."""
        back = self._rules.answered_back

        def answers(act: Act) -> bool:
            own = [w for w in clauses[act.id].words if not w.startswith("!")]
            return self._types[act.type].answers and len(own) < _FEW

        for act, other in answered(acts, where, answers, back):
            words = clauses[act.id].words
            new = dict.fromkeys(w.lstrip("!") for w in clauses[other.id].words)
            yield act.id, tuple(f"?{w}" for w in new if w not in words and f"!{w}" not in words)

    def _taken(
        self, acts: Sequence[Act], where: Mapping[str, Place], report: Report,
        published: DateRange | None, known: Mapping[str, str],
    ) -> dict[str, Taken]:  # fmt: skip
        """Return what acts take from others in ``report``, by their ids."""
        declared = self._rules.languages.get(report.language)
        if declared is None:
            return {}
        strict = [a for a in acts if self._types[a.type].strict and "historical" not in a.aux]
        events = {
            name: event for name, event in known.items() if not self._roles.landmarks[event].whole
        }
        out = taken_in(strict, where, report.text, declared.pointing, self._roles, events)
        for name, days in self._times(acts, report, published).items():
            out[name] = msgspec.structs.replace(out.get(name, Taken()), around=days)
        return out

    def _times(
        self, acts: Sequence[Act], report: Report, published: DateRange | None
    ) -> dict[str, DateRange]:
        """Return the days long past of which the passages of undated acts tell, by their ids."""
        declared, least = self._rules.languages.get(report.language), self._told_of.least
        if declared is None or published is None or published.days > least:
            return {}
        return dict(times_told_of(acts, report, declared.now, published, least))

    def _keys_alike(self, language: str) -> Iterator[tuple[str, str]]:
        """Yield by what the words that tell one thing are compared, with the first of them."""
        stop = self._stop
        for words in self._rules.languages[language].alike:
            declared = stop.languages.get(language)
            keys = [word_key(word, word, language, stop, declared) for word in words]
            yield from ((key, keys[0]) for key in keys)

    def _key(self, raw: str, language: str, names: bool = False) -> str:
        """Return by what a word is compared, or nothing; ``names``: also one with a capital letter."""
        if len(raw) < _SHORT or (raw[0].isupper() and not names):
            return ""
        declared = self._rules.languages[language]
        word, stop = folded(raw), self._stop
        key = word_key(raw, word, language, stop, stop.languages.get(language))
        plain = key.lstrip("=")
        if len(raw) < _LEAST and not key.startswith("="):
            return ""
        if not key or not declared.common_words.isdisjoint((word, plain)):
            return ""
        if word.startswith(declared.common) or plain.startswith(declared.common):
            return ""
        key = self._alike[language].get(key, key)
        for mention in self._world.find(raw, language):
            who = (self._world.entity(e) for e in mention.entities)
            if any(w is not None and w.kind in _PARTIES for w in who):
                return ""
        return key

    def _is_past(self, text: str, trigger: tuple[int, int], declared: LanguageClauses) -> bool:
        """Whether the first word that tells the act, or what stands before it, says it has happened."""
        first = _TOKEN.search(text, *trigger)
        if first is None:
            return False
        lead = _TOKEN.finditer(text, max(0, trigger[0] - _LEAD), trigger[0])
        before = [m[0] for m in lead][-_BEFORE:]
        small = [word.lower() for word in before]
        if declared.auxiliary.intersection(small) or declared.article.intersection(small[-1:]):
            return True
        word = first[0].lower()
        # « a menacé d'activer »: the verb that governs the infinitive tells when
        asked = [*before, word] if re.fullmatch(declared.infinitive, word) else [word]
        return any(re.fullmatch(declared.past, w) for w in asked if w.islower())
