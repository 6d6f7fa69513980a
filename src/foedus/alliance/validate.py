"""What can be wrong with a declared alliance although each file has the right structure.

Comes in: the files as read. Goes out: problems, each an error with file, line and remedy.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from foedus.alliance.conditions import check_conditions
from foedus.alliance.firing import check_firing
from foedus.alliance.periods import check_periods
from foedus.alliance.problems import ADD_IT, one_of, twice, unknown_ids
from foedus.alliance.roles import Registry
from foedus.alliance.schema import (
    HistoryAct,
    Level,
    Mechanism,
    MechanismsFile,
    RoleTest,
    Rule,
)
from foedus.alliance.sources import Declared, Loaded
from foedus.alliance.spelling import check_spelling
from foedus.errors import FoedusError

__all__ = ["check_declared"]

Key = str | int
_ROLE_TESTS = ("actors", "recipients", "places", "targets")


def check_declared(declared: Declared, world: Registry | None) -> list[FoedusError]:
    """Return what is wrong with the folder, in the order of its files."""
    return [
        *check_spelling(declared, world),
        *_alliance(declared, world),
        *_articles(declared),
        *check_periods(declared, world),
        *_cues(declared),
        *_mechanisms(declared, world),
        *check_conditions(declared.mechanisms, declared.alliance.value.roles),
        *check_firing(declared),
        *_history(declared, world),
    ]


def _alliance(declared: Declared, world: Registry | None) -> Iterator[FoedusError]:
    head, lines = declared.alliance.value, declared.alliance.lines
    roles = {role.id for role in head.roles}
    for index, name in twice(role.id for role in head.roles):
        yield lines.error(f"role {name!r} stands twice", "roles", index, remedy="remove one")
    for index, role in enumerate(head.roles):
        for other in role.roles:
            if other not in roles or other == role.id:
                yield lines.error(
                    f"role {role.id!r} is made of {other!r}, which is no other role",
                    "roles", index, "roles", remedy=one_of(roles),
                )  # fmt: skip
        for entity in unknown_ids(role.ids, world):
            yield lines.error(
                f"{entity!r} is not in the world register",
                "roles", index, "ids", remedy=ADD_IT,
            )  # fmt: skip
    for key, ids in (("body", [head.body]), ("organs", head.organs), ("meant_by", head.meant_by)):
        for entity in unknown_ids(ids, world):
            yield lines.error(
                f"{key} {entity!r} is not in the world register",
                key, remedy=ADD_IT,
            )  # fmt: skip
    yield from _circles(declared)


def _circles(declared: Declared) -> Iterator[FoedusError]:
    made_of = {role.id: role.roles for role in declared.alliance.value.roles}
    for index, role in enumerate(declared.alliance.value.roles):
        seen: set[str] = set()
        queue = list(role.roles)
        while queue:
            following = queue.pop()
            if following not in seen:
                seen.add(following)
                queue.extend(made_of.get(following, ()))
        if role.id in seen and role.id not in role.roles:
            yield declared.alliance.lines.error(
                f"role {role.id!r} is made of itself by way of others",
                "roles", index, remedy="break the circle",
            )  # fmt: skip


def _articles(declared: Declared) -> Iterator[FoedusError]:
    articles = declared.articles
    for index, number in twice(a.number for a in articles.value.articles):
        yield articles.lines.error(
            f"article {number!r} stands twice", "articles", index, remedy="remove one"
        )


def _cues(declared: Declared) -> Iterator[FoedusError]:
    used = _used_cues(declared)
    for cue, languages in declared.cues.value.cues.items():
        for language, entries in languages.items():
            for index, entry in enumerate(entries):
                where: tuple[Key, ...] = ("cues", cue, language, index)
                wordings = (*entry.phrases, *entry.needs, *entry.excludes)
                if not entry.phrases or any(not w.strip() for w in wordings):
                    yield declared.cues.lines.error(
                        f"a wording of {cue!r} is empty", *where, remedy="give a phrase"
                    )
                odd = next((w for w in wordings if w != w.lower() or "’" in w), None)
                if odd is not None:
                    yield declared.cues.lines.error(
                        f"{odd!r} can never be found", *where,
                        remedy="write it in lower case with straight apostrophes",
                    )  # fmt: skip
    sections = declared.cues.value.sections
    for key, cues in (("names", list(declared.cues.value.names)), *sections.items()):
        for cue in cues:
            if cue not in declared.cues.value.cues:
                yield declared.cues.lines.error(
                    f"no wording is declared for cue {cue!r}",
                    *(("names", cue) if key == "names" else ("sections", key)),
                    remedy="correct it, or give it wording under cues",
                )  # fmt: skip
    yield from _cue_kinds(declared)
    for cue, place in sorted(used.items(), key=lambda item: item[0]):
        if cue not in declared.cues.value.cues:
            loaded, keys = place
            yield loaded.lines.error(
                f"no wording is declared for cue {cue!r}", *keys,
                remedy="correct it, or give it wording in cues.yaml",
            )  # fmt: skip


def _cue_kinds(declared: Declared) -> Iterator[FoedusError]:
    """Yield what is wrong with what the cues are to the ledger."""
    wordings = declared.cues.value.cues
    instruments = {
        entry.instrument
        for languages in wordings.values()
        for entries in languages.values()
        for entry in entries
        if entry.instrument is not None
    }
    for kind, names in msgspec.structs.asdict(declared.cues.value.ledger).items():
        known = instruments if kind == "telling" else set(wordings)
        for n, name in enumerate(names):
            if name not in known:
                yield declared.cues.lines.error(
                    f"no wording adds the instrument {name!r}"
                    if kind == "telling"
                    else f"no wording is declared for cue {name!r}",
                    "ledger", kind, n, remedy=one_of(known),
                )  # fmt: skip


def _used_cues(
    declared: Declared,
) -> dict[str, tuple[Loaded[MechanismsFile], tuple[Key, ...]]]:
    used: dict[str, tuple[Loaded[MechanismsFile], tuple[Key, ...]]] = {}
    for loaded in declared.mechanisms:
        for m, mechanism in enumerate(loaded.value.mechanisms):
            for r, rule in enumerate(mechanism.rules):
                for cue in rule.when.cues:
                    used.setdefault(cue, (loaded, ("mechanisms", m, "rules", r, "when", "cues")))
            for r, level in enumerate(mechanism.levels):
                for cue in level.cues:
                    used.setdefault(cue, (loaded, ("mechanisms", m, "levels", r, "cues")))
    return used


def _mechanisms(declared: Declared, world: Registry | None) -> Iterator[FoedusError]:
    seen: set[str] = set()
    for loaded in declared.mechanisms:
        for index, mechanism in enumerate(loaded.value.mechanisms):
            at: tuple[Key, ...] = ("mechanisms", index)
            if mechanism.id in seen:
                yield loaded.lines.error(
                    f"mechanism {mechanism.id!r} stands twice", *at, remedy="remove one"
                )
            seen.add(mechanism.id)
            yield from _mechanism(declared, loaded, mechanism, at, world)


def _mechanism(
    declared: Declared,
    loaded: Loaded[MechanismsFile],
    mechanism: Mechanism,
    at: tuple[Key, ...],
    world: Registry | None,
) -> Iterator[FoedusError]:
    error = loaded.lines.error
    articles = {a.number for a in declared.articles.value.articles}
    if mechanism.article is not None and mechanism.article not in articles:
        yield error(
            f"{mechanism.id!r} rests on article {mechanism.article!r}, which is not declared",
            *at, "article", remedy=one_of(articles),
        )  # fmt: skip
    roles = {role.id for role in declared.alliance.value.roles}
    others = [c for c in mechanism.competent if c not in roles]
    for name in unknown_ids(others, world):
        yield error(
            f"competent {name!r} is neither a role nor in the world register",
            *at, "competent", remedy=one_of(roles),
        )  # fmt: skip
    if not any(r.effect == "initiates" for r in mechanism.rules) and not mechanism.levels:
        yield error(f"nothing can begin {mechanism.id!r}", *at, remedy="give it such a rule")
    for r, name in twice([*(r.id for r in mechanism.rules), *(v.id for v in mechanism.levels)]):
        yield error(f"rule {name!r} stands twice", *at, "rules", r, remedy="rename one")
    for number, name in twice(stage.id for stage in mechanism.stages):
        yield error(f"stage {name!r} stands twice", *at, "stages", number, remedy="remove one")
    for r, rule in enumerate(mechanism.rules):
        for what, keys, remedy in _rule(rule, mechanism, roles):
            yield error(f"rule {rule.id!r} {what}", *at, "rules", r, *keys, remedy=remedy)
    for r, level in enumerate(mechanism.levels):
        for what, keys, remedy in _level(level, mechanism, roles):
            yield error(f"rule {level.id!r} {what}", *at, "levels", r, *keys, remedy=remedy)


Finding = tuple[str, tuple[Key, ...], str]


def _rule(rule: Rule, mechanism: Mechanism, roles: set[str]) -> Iterator[Finding]:
    stages = {stage.id for stage in mechanism.stages}
    if rule.effect == "initiates" and rule.stage not in stages:
        yield f"sets stage {rule.stage!r}, which is not declared", ("stage",), one_of(stages)
    quiet = {stage.id for stage in mechanism.stages if not stage.engages}
    if rule.effect == "ends" and rule.stage not in quiet:
        what = f"ends stage {rule.stage!r}, which is none without engagement"
        yield what, ("stage",), f"{one_of(quiet)}; terminates ends the mechanism"
    if rule.effect not in ("initiates", "ends") and rule.stage is not None:
        yield f"sets a stage but {rule.effect}", ("stage",), "only rules that initiate set stages"
    yield from _lasting(rule, mechanism)
    if rule.effect == "initiates" and rule.when.polarity != "affirmed":
        what = "can never fire: what was not done begins nothing"
        yield what, ("when", "polarity"), "make it rule out or terminate, or drop the polarity"
    pattern = rule.when
    tests = [getattr(pattern, name) for name in _ROLE_TESTS]
    if not (pattern.types or pattern.cues or any(tests)):
        yield "fits every act", ("when",), "say which types, cues or roles it means"
    for name, test in zip(_ROLE_TESTS, tests, strict=True):
        for what, keys, remedy in _role_test(test, roles):
            yield f"{what} (its {name})", ("when", name, *keys), remedy


def _lasting(rule: Rule, mechanism: Mechanism) -> Iterator[Finding]:
    if rule.lasts is not None and rule.lasts < 1:
        yield f"can never fire: it lasts {rule.lasts} days", ("lasts",), "1 is the day of the act"
    if rule.lasts is not None and rule.effect in ("ends", "claims", "asks"):
        yield f"lasts but only {rule.effect}", ("lasts",), "nothing stands for days: drop it"
    quiet = {stage.id for stage in mechanism.stages if not stage.engages}
    if rule.closes and (rule.effect != "initiates" or rule.stage in quiet):
        yield "closes but engages nothing", ("closes",), "drop it, or make it engage"
    elif rule.closes and rule.lasts is None:
        yield "closes but does not say when", ("closes",), "say how many days it lasts"


def _level(level: Level, mechanism: Mechanism, roles: set[str]) -> Iterator[Finding]:
    stages = {stage.id for stage in mechanism.stages}
    if level.effect == "initiates" and level.stage not in stages:
        yield f"sets stage {level.stage!r}, which is not declared", ("stage",), one_of(stages)
    if level.effect == "terminates" and level.stage is not None:
        yield "sets a stage but terminates", ("stage",), "only rules that initiate set stages"
    if level.lasts is not None and level.lasts < 1:
        yield f"can never fire: it lasts {level.lasts} days", ("lasts",), "1 is the day it was told"
    if not level.levels or not level.cues:
        yield "can never fire: it names no cue or no level", (), "name both"
    yield from _role_test(level.places, roles)


def _role_test(test: RoleTest | None, roles: set[str]) -> Iterator[Finding]:
    if test is None:
        return
    for key, named in (("any", test.any), ("none", test.none)):
        for role in named:
            if role not in roles:
                yield f"names role {role!r}, which is not declared", (key,), one_of(roles)
    both = sorted(set(test.any) & set(test.none))
    if both:
        yield f"can never fire: it wants and forbids {both[0]!r}", ("none",), "drop one"


def _history(declared: Declared, world: Registry | None) -> Iterator[FoedusError]:
    seen: set[tuple[object, ...]] = set()
    cues = set(declared.cues.value.cues)
    for loaded in declared.history:
        for index, entry in enumerate(loaded.value.acts):
            at: tuple[Key, ...] = ("acts", index)
            if entry.until is not None and entry.until < entry.date:
                yield loaded.lines.error("an act ends before it starts", *at, remedy="mend dates")
            if entry.until is not None and entry.precision is not None:
                yield loaded.lines.error(
                    "an act has both a precision and an end", *at, "precision", remedy="keep one"
                )
            same = _identity(entry)
            if same in seen:
                yield loaded.lines.error("an act stands twice", *at, remedy="remove one")
            seen.add(same)
            for cue in entry.cues:
                if cue not in cues:
                    yield loaded.lines.error(
                        f"cue {cue!r} has no wording", *at, "cues", remedy=one_of(cues)
                    )
            named = (*entry.actors, *entry.recipients, *entry.places)
            for name in unknown_ids(named, world):
                yield loaded.lines.error(
                    f"{name!r} is not in the world register", *at, remedy=ADD_IT
                )


def _identity(entry: HistoryAct) -> tuple[object, ...]:
    who = (entry.actors, entry.recipients, entry.places)
    return (entry.date, entry.until, entry.type, entry.mode, entry.aux, *who, entry.cues)
