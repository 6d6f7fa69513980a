"""How much two wordings of a statement share, and what turns one of them round.

Comes in: the words of a statement and their language. Goes out: a :class:`Wordprint`, and by
:func:`compare` how two of them stand to each other. Names are compared by whom they name (« Moscou »,
« Russia »), figures by their value, « nous » as the speaker's own side, other words by the first
letters of their lemma (simplemma), so that forms of a word meet, and cognates of two languages too.
What counts for nothing, what negates and what lies ahead is declared in ``data/utterances.yaml``.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec
import simplemma

from foedus.declared import load_declared
from foedus.ledger.roles import NoWorld, WorldLike

__all__ = [
    "Likeness",
    "UtteranceRules",
    "Wordprint",
    "compare",
    "folded",
    "load_utterance_rules",
    "mentions_words",
    "renderings",
    "word_key",
    "wordprint",
]

_PHRASE = 5
"""Words of the longest phrase that is looked for."""
_DEFAULT = Path(__file__).parent / "data" / "utterances.yaml"
_RENDERINGS = Path(__file__).parent / "data" / "renderings.yaml"
_FIGURE = r"\d{1,3}(?:[ \u00a0\u202f.,’']\d{3})+(?!\d)|\d+(?:[.,]\d+)?"
_TOKEN = re.compile(rf"{_FIGURE}|[^\W\d_]+?(?=n['’]t\b)|n['’]t\b|[^\W\d_]+")
_GROUPED = re.compile(r"[ \u00a0\u202f.,’'](?=\d{3}(?:\D|$))")


class Shares(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What two wordings must share: ``least`` words, and shares of their words, 0 to 1."""

    least: int
    contained: float
    alike: float


class LanguageWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A language's words that count for nothing or turn what is said round."""

    stop: frozenset[str]
    negation: frozenset[str]
    ahead: frozenset[str]
    ahead_ending: str
    verb_ending: str


class UtteranceRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of ``utterances.yaml``. ``back`` and ``vague`` are days."""

    stem: int
    passage: int
    same: int
    cut: Shares
    reworded: Shares
    translated: Shares
    spread: float
    despite: Shares
    together: float
    unnamed: int
    back: int
    vague: int
    sure: int
    languages: dict[str, LanguageWords]

    @property
    def lowest(self) -> float:
        """The smallest share of the shorter wording that any rule asks for."""
        return min(s.contained for s in (self.cut, self.reworded, self.translated))


class _Renderings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    words: tuple[dict[str, tuple[str, ...]], ...]


@cache
def renderings(stem: int, path: Path = _RENDERINGS) -> dict[tuple[str, str], str]:
    """Return, for a language and a folded lemma or phrase, the key of all that it is rendered with.

    The first ``stem`` letters of a word lead there too, where they are those of one line only: a
    lemmatiser may take a participle for an adjective.
    """
    found: dict[tuple[str, str], str] = {}
    stems: dict[tuple[str, str], set[str]] = {}
    for line in load_declared(path, _Renderings)[0].words:
        key = "=" + next(words[0] for words in line.values())
        for language, words in line.items():
            for word in words:
                found.setdefault((language, word), key)
                if " " not in word:
                    stems.setdefault((language, word[:stem]), set()).add(key)
    for place, keys in stems.items():
        if len(keys) == 1 and len(place[1]) == stem:
            found.setdefault(place, *keys)
    return found


@cache
def load_utterance_rules(path: Path = _DEFAULT) -> UtteranceRules:
    """Read the rules.

    Raises:
        FoedusError: the file is not as it must be; file and line are named.
    """
    rules, lines = load_declared(path, UtteranceRules)
    for name, words in rules.languages.items():
        for key in ("ahead_ending", "verb_ending"):
            lines.check_pattern(getattr(words, key), "languages", name, key)
    return rules


class Wordprint(NamedTuple):
    """What of a wording is compared.

    ``words`` are all its words, folded; ``keys`` stand for those that count, in order, and ``said``
    are these as they were written; ``negated`` how many keys stand before each negation; ``ahead``
    the keys told as still to come; ``figures`` those keys that are figures.
    """

    language: str
    words: tuple[str, ...]
    keys: tuple[str, ...]
    said: tuple[str, ...]
    among: frozenset[str]
    negated: tuple[int, ...]
    ahead: frozenset[str]
    figures: frozenset[str]


Kind = Literal["same", "cut", "reworded", "translated"]


class Likeness(NamedTuple):
    """How two wordings stand to each other: of what kind, and how much they share.

    ``opposed``: they share enough to be one, but one negates, announces or counts what the other
    does not: ``negation``, ``ahead``, ``figures``. ``shared`` is a number of words, ``alike`` a share.
    """

    kind: Kind
    shared: int
    alike: float
    opposed: tuple[str, ...] = ()


@lru_cache(maxsize=1 << 16)
def folded(word: str) -> str:
    """Return the word in small letters without accents."""
    apart = unicodedata.normalize("NFD", word.replace("’", "'").lower())
    return "".join(c for c in apart if not unicodedata.combining(c))


@lru_cache(maxsize=1 << 16)
def _lemma(word: str, language: str) -> str:
    try:
        return folded(simplemma.lemmatize(word, lang=language))
    except ValueError:  # a language that simplemma has no words of
        return folded(word)


def wordprint(
    text: str, language: str, rules: UtteranceRules, *,
    world: WorldLike | None = None, own: frozenset[str] = frozenset(),
) -> Wordprint:  # fmt: skip
    """Return what of ``text`` is compared, in time linear in its length.

    ``world`` finds who is named; ``own`` are the speaker's own side, which he calls « nous ».
    """
    declared = rules.languages.get(language)
    named = {m.span[0]: m for m in (world or NoWorld()).find(text, language)}
    keys: list[str] = []
    said: list[str] = []
    negated: list[int] = []
    ahead: set[str] = set()
    coming, until = False, 0
    tokens = list(_TOKEN.finditer(text))
    words = [folded(match[0]) for match in tokens]
    phrases = _phrases(words, language, rules.stem)
    for place, (match, word) in enumerate(zip(tokens, words, strict=True)):
        if place in phrases and match.start() >= until:
            key, size = phrases[place]
            until = tokens[place + size - 1].end()
            keys.append(key)
            said.append(text[match.start() : until])
        elif match.start() in named and match.start() >= until:
            mention = named[match.start()]
            until = mention.span[1]
            # « l'Alliance » for « nous »: whom he speaks for says nothing of what he said
            if not own & set(mention.entities):
                keys.append("@" + "|".join(mention.entities))
                said.append(text[slice(*mention.span)])
        elif match.start() >= until:
            if declared is not None and word in declared.negation:
                negated.append(len(keys))
            coming = coming or (declared is not None and word in declared.ahead)
            key = word_key(match[0], word, language, rules, declared)
            if key:
                keys.append(key)
                said.append(match[0])
                if coming or _is_ahead(match[0], word, language, declared):
                    ahead.add(key)
                coming = False
    figures = frozenset(k for k in keys if k.startswith("#"))
    return Wordprint(
        language,
        tuple(words),
        tuple(keys),
        tuple(said),
        frozenset(keys),
        tuple(negated),
        frozenset(ahead),
        figures,
    )


def _phrases(words: Sequence[str], language: str, stem: int) -> dict[int, tuple[str, int]]:
    """Return where a declared phrase begins: its key and its number of words, the longest first."""
    table = renderings(stem)
    found: dict[int, tuple[str, int]] = {}
    for start in range(len(words)):
        for size in range(_PHRASE, 1, -1):
            key = table.get((language, " ".join(words[start : start + size])))
            if key is not None and start + size <= len(words):
                found[start] = (key, size)
                break
    return found


def word_key(
    raw: str, word: str, language: str, rules: UtteranceRules, declared: LanguageWords | None
) -> str:
    """Return what a word (and it folded) is compared by; "" for one that counts for nothing."""
    if raw[0].isdigit():
        return "#" + _GROUPED.sub("", raw).replace(",", ".")
    if declared is not None and word in declared.stop:
        return ""
    lemma = _lemma(raw.lower(), language)
    table, stem = renderings(rules.stem), lemma[: rules.stem]
    for form in (lemma, word, stem):
        if (language, form) in table:
            return table[language, form]
    return stem


def _is_ahead(raw: str, word: str, language: str, declared: LanguageWords | None) -> bool:
    if declared is None or not declared.ahead_ending:
        return False
    if not re.search(rf"(?:{declared.ahead_ending})$", word):
        return False
    return re.search(rf"(?:{declared.verb_ending})$", _lemma(raw.lower(), language)) is not None


def mentions_words(text: str, phrase: str) -> bool:
    """Whether the words of ``phrase`` stand in ``text`` one after the other; case and accents aside."""
    wanted, there = ([folded(m[0]) for m in _TOKEN.finditer(t)] for t in (phrase, text))
    return _is_passage(wanted, there, 1)


def compare(a: Wordprint, b: Wordprint, rules: UtteranceRules) -> Likeness | None:
    """Return how two wordings stand to each other, or None where they share too little to be one."""
    if a.words == b.words and a.language == b.language:
        return Likeness("same", max(len(a.among), 1), 1.0)
    short, long = sorted((a, b), key=lambda p: (len(p.among), len(p.words), p.words))
    shared = short.among & long.among
    if not shared or len(shared) < rules.lowest * len(short.among):
        return None
    alike = len(shared) / len(short.among | long.among)
    here, there = _stretch(short.keys, shared), _stretch(long.keys, shared)
    opposed = _opposed(short, long, here, there, shared)
    if short.language == long.language and _is_passage(short.words, long.words, rules.passage):
        return Likeness("cut", len(shared), alike, opposed)
    within = short.among | frozenset(long.keys[slice(*there)])
    kind = _kind(short, long, shared, len(shared) / len(within), rules)
    if kind is None or there[1] - there[0] > rules.spread * len(shared):
        return None
    # as long as the other, it is cut of nothing
    kind = "reworded" if kind == "cut" and alike >= rules.cut.contained else kind
    return Likeness(kind, len(shared), alike, opposed)


def _kind(
    short: Wordprint, long: Wordprint, shared: frozenset[str], alike: float, rules: UtteranceRules
) -> Kind | None:
    contained = len(shared) / len(short.among)
    kinds: tuple[tuple[Kind, Shares], ...] = (("cut", rules.cut), ("reworded", rules.reworded))
    if short.language != long.language:
        kinds = (("translated", rules.translated),)
    for kind, need in kinds:
        if len(shared) >= need.least and contained >= need.contained and alike >= need.alike:
            return kind
    same = short.among == long.among and len(shared) >= rules.same
    return kinds[-1][0] if same else None


def _is_passage(short: Sequence[str], long: Sequence[str], least: int) -> bool:
    """Whether the shorter wording stands in the longer one, word for word."""
    size = len(short)
    if size < least or size > len(long):
        return False
    return any(
        long[i] == short[0] and long[i : i + size] == short for i in range(len(long) - size + 1)
    )


def _stretch(keys: Sequence[str], wanted: frozenset[str]) -> tuple[int, int]:
    """Return the shortest stretch of ``keys`` that holds all of ``wanted``."""
    counts: Counter[str] = Counter()
    best, missing, first = (0, len(keys)), len(wanted), 0
    for last, key in enumerate(keys):
        if key in wanted:
            missing -= counts[key] == 0
            counts[key] += 1
        while missing == 0:
            if last + 1 - first < best[1] - best[0]:
                best = (first, last + 1)
            if keys[first] in wanted:
                counts[keys[first]] -= 1
                missing += counts[keys[first]] == 0
            first += 1
    return best


def _opposed(
    a: Wordprint, b: Wordprint, at_a: tuple[int, int], at_b: tuple[int, int], shared: frozenset[str]
) -> tuple[str, ...]:
    """Say what sets the two apart in the words they share, however much that is."""
    found: list[str] = []
    if _negated(a, at_a) != _negated(b, at_b):
        found.append("negation")
    if (a.ahead & shared) != (b.ahead & shared):
        found.append("ahead")
    counted = [p.figures & frozenset(p.keys[i:j]) for p, (i, j) in ((a, at_a), (b, at_b))]
    if counted[0] and counted[1] and counted[0] != counted[1]:
        found.append("figures")
    return tuple(found)


def _negated(print_: Wordprint, at: tuple[int, int]) -> bool:
    return any(at[0] <= place < at[1] for place in print_.negated)
