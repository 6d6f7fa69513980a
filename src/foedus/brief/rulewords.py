"""A declared rule in words: which acts it speaks of, and what such an act does.

Comes in: a rule of a mechanism, and the words of a language with those of the alliance. Goes out:
one line that a lawyer can hold against the clause.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import reduce

from foedus.alliance.schema import Level, Mechanism, Pattern, RoleTest, Rule, StateTest
from foedus.brief.words import Words

__all__ = ["effect_words", "level_words", "pattern_words", "rule_words"]

_LISTS = (
    ("types", "type", "rule.when.types"),
    ("cues", "cue", "rule.when.cues"),
    ("modes", "mode", "rule.when.modes"),
    ("instruments", "instrument", "rule.when.instruments"),
    ("contexts", "context", "rule.when.contexts"),
)
_TESTS = ("actors", "recipients", "places", "targets")


def rule_words(rule: Rule, mechanism: Mechanism, words: Words) -> str:
    """Return a rule as one line: the acts that fit it, and what they do."""
    return words.t(
        "rule.line", acts=pattern_words(rule.when, words), does=effect_words(rule, mechanism, words)
    )


def level_words(level: Level, mechanism: Mechanism, words: Words) -> str:
    """Return a rule over told levels as one line."""
    told = words.either(words.code("level", v) for v in level.levels)
    cues = words.either(words.code("cue", c) for c in level.cues)
    parts = [words.t("rule.when.level", value=told), words.t("rule.when.cues", value=cues)]
    parts += _role_words("places", level.places, words)
    stage = words.stage(mechanism.id, level.stage) if level.stage else ""
    does = words.t(f"effect.{level.effect}", stage=stage)
    if level.lasts is not None:
        does = words.n("effect.lasts", level.lasts, does=does)
    return words.t("rule.line", acts=_joined(parts, words), does=does)


def effect_words(rule: Rule, mechanism: Mechanism, words: Words) -> str:
    """Return what an act that fits a rule does to the mechanism."""
    stage = words.stage(mechanism.id, rule.stage) if rule.stage else ""
    quiet = any(s.id == rule.stage and not s.engages for s in mechanism.stages)
    sets = quiet and rule.effect == "initiates"
    does = words.t("effect.stage" if sets else f"effect.{rule.effect}", stage=stage)
    if rule.lasts is not None:
        does = words.n("effect.lasts", rule.lasts, does=does)
    return words.t("effect.closes", does=does) if rule.closes else does


def pattern_words(pattern: Pattern, words: Words) -> str:
    """Return the conditions of a pattern, each with its name, in the order in which they are tried."""
    return _joined(_conditions(pattern, words), words)


def _conditions(pattern: Pattern, words: Words) -> Iterator[str]:
    for name, family, key in _LISTS:
        if values := getattr(pattern, name):
            yield words.t(key, value=words.either(words.code(family, v) for v in values))
    if pattern.polarity != "affirmed":
        yield words.t(f"rule.when.{pattern.polarity}")
    if pattern.future != "announces":
        yield words.t(f"rule.when.{pattern.future}")
    for name in _TESTS:
        yield from _role_words(name, getattr(pattern, name), words)
    for test in pattern.states:
        yield _state_words(test, words)
    for key in ("since", "until"):
        if (when := getattr(pattern, key)) is not None:
            yield words.t(f"rule.when.{key}", date=words.day(when))


def _state_words(test: StateTest, words: Words) -> str:
    return words.t(
        "rule.when.state.stage" if test.stages else "rule.when.state",
        mechanism=words.code("mechanism", test.mechanism),
        status=words.either(words.code("status", s) for s in test.status),
        stages=words.either(words.stage(test.mechanism, s) for s in test.stages),
    )


def _role_words(name: str, test: RoleTest | None, words: Words) -> Iterator[str]:
    if test is None:
        return
    some = words.either(words.code("role", role) for role in test.any)
    none = words.either(words.code("role", role) for role in test.none)
    parts = [some] if some else []
    if some and test.empty:
        parts.append(words.t("rule.when.unnamed"))
    if none:
        parts.append(words.t("rule.when.not", value=none))
    if parts:
        yield words.t(f"rule.when.{name}", value=", ".join(parts))


def _joined(parts: Iterable[str], words: Words) -> str:
    return reduce(lambda a, b: words.t("rule.and", a=a, b=b), parts)
