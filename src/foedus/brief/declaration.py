"""What an alliance declares, laid out for reading: who is in it, what it has, what its rules say.

Comes in: an alliance, a day, the words of a language. Goes out: a :class:`Declaration`, and from it
lines of text.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from foedus.alliance import Alliance
from foedus.alliance.folder import holds
from foedus.alliance.history import worded
from foedus.alliance.schema import Force, Mechanism, Member
from foedus.brief.passages import visible
from foedus.brief.rulewords import level_words, rule_words
from foedus.brief.words import Words

__all__ = [
    "Declaration",
    "DeclaredForce",
    "DeclaredMechanism",
    "DeclaredMember",
    "DeclaredRule",
    "declaration",
    "declaration_lines",
]


class DeclaredMember(msgspec.Struct, frozen=True, kw_only=True):
    """A member on the day; ``outside``: it stands outside the military structure."""

    state: str
    name: str
    joined: date
    outside: bool
    reference: str
    checked: bool


class DeclaredForce(msgspec.Struct, frozen=True, kw_only=True):
    """A force as it stands on the day: host, who leads it, how many people (the latest size told)."""

    id: str
    name: str
    mechanism: str
    start: date
    host: str | None
    framework: tuple[str, ...]
    size: int | None
    reference: str
    checked: bool


class DeclaredRule(msgspec.Struct, frozen=True, kw_only=True):
    """A rule in words, with its effect and the stage it sets."""

    id: str
    effect: str
    stage: str | None
    text: str


class DeclaredMechanism(msgspec.Struct, frozen=True, kw_only=True):
    """A mechanism with its clauses in words; ``article`` is the treaty's, paraphrased."""

    id: str
    name: str
    section: str
    kind: str
    initial: str
    clause: str
    reference: str
    checked: bool
    article: str | None
    article_text: str
    competent: tuple[str, ...]
    stages: tuple[str, ...]
    rules: tuple[DeclaredRule, ...]


class Declaration(msgspec.Struct, frozen=True, kw_only=True):
    """An alliance on a day."""

    id: str
    name: str
    as_of: date
    area: str
    members: tuple[DeclaredMember, ...]
    forces: tuple[DeclaredForce, ...]
    mechanisms: tuple[DeclaredMechanism, ...]


def declaration(
    alliance: Alliance, on: date, words: Words, mechanism: str | None = None
) -> Declaration:
    """Return what an alliance declares for the day ``on``; of one mechanism only, if one is named.

    Raises:
        FoedusError: it declares no mechanism of that id.
    """
    chosen = (
        alliance.mechanisms if mechanism is None else (alliance.mechanism(mechanism),)
    )  # fmt: skip
    ids = {m.id for m in chosen}
    members = [alliance.membership(state, on) for state in alliance.members(on)]
    return Declaration(
        id=alliance.id,
        name=_text(alliance.names, words),
        as_of=on,
        area=_text(alliance.declared.area, words),
        members=() if mechanism else tuple(_member(m, on, words) for m in members if m),
        forces=tuple(
            _force(f, on, words)
            for f in alliance.forces
            if f.mechanism in ids and holds(f.start, f.end, on)
        ),
        mechanisms=tuple(_mechanism(m, alliance, words) for m in chosen),
    )


def _text(texts: dict[str, str], words: Words) -> str:
    return visible(texts.get(words.language) or next(iter(texts.values()), ""))


def _member(member: Member, on: date, words: Words) -> DeclaredMember:
    return DeclaredMember(
        state=member.state,
        name=words.entity(member.state),
        joined=member.joined,
        outside=any(holds(p.start, p.end, on) for p in member.outside),
        reference=worded(member.reference),
        checked=member.checked,
    )


def _force(force: Force, on: date, words: Words) -> DeclaredForce:
    sizes = [s for s in force.sizes if s.start <= on]
    return DeclaredForce(
        id=force.id,
        name=_text(force.names, words),
        mechanism=force.mechanism,
        start=force.start,
        host=force.host,
        framework=tuple(t.state for t in force.framework if holds(t.start, t.end, on)),
        size=max(sizes, key=lambda s: s.start).value if sizes else None,
        reference=worded(force.reference),
        checked=force.checked,
    )


def _mechanism(mechanism: Mechanism, alliance: Alliance, words: Words) -> DeclaredMechanism:
    article = alliance.articles.get(mechanism.article or "")
    levels = [
        DeclaredRule(id=v.id, effect="level", stage=v.stage, text=level_words(v, mechanism, words))
        for v in mechanism.levels
    ]
    rules = [
        DeclaredRule(id=r.id, effect=r.effect, stage=r.stage, text=rule_words(r, mechanism, words))
        for r in mechanism.rules
    ]
    return DeclaredMechanism(
        id=mechanism.id,
        name=_text(mechanism.names, words),
        section=mechanism.section,
        kind=mechanism.kind,
        initial=mechanism.initial,
        clause=_text(mechanism.clause, words),
        reference=worded(mechanism.reference),
        checked=mechanism.checked,
        article=mechanism.article,
        article_text=_text(article.text, words) if article else "",
        competent=mechanism.competent,
        stages=tuple(s.id for s in mechanism.stages),
        rules=(*levels, *rules),
    )


def declaration_lines(shown: Declaration, words: Words) -> Iterator[str]:
    """Give a declaration as lines to read: members and forces, then each mechanism with its rules."""
    yield words.t("declared.alliance", name=shown.name, date=words.day(shown.as_of))
    if shown.area:
        yield words.t("declared.area", text=shown.area)
    if shown.members:
        yield ""
        yield words.n("declared.members", len(shown.members))
        yield from (f"  {_member_line(m, words)}" for m in shown.members)
    if shown.forces:
        yield ""
        yield words.n("declared.forces", len(shown.forces))
        yield from (f"  {_force_line(f, words)}" for f in shown.forces)
    for mechanism in shown.mechanisms:
        yield ""
        yield from _mechanism_lines(mechanism, words)


def _checked(value: bool, words: Words) -> str:
    return words.code("checked", "yes" if value else "no")


def _member_line(member: DeclaredMember, words: Words) -> str:
    key = "declared.member.outside" if member.outside else "declared.member"
    return words.t(
        key, state=member.state, name=member.name, joined=words.day(member.joined),
        checked=_checked(member.checked, words),
    )  # fmt: skip


def _force_line(force: DeclaredForce, words: Words) -> str:
    more = []
    if force.host:
        more.append(words.t("force.host", value=words.entity(force.host)))
    if force.framework:
        more.append(words.t("force.framework", value=words.entities(force.framework)))
    if force.size is not None:
        more.append(words.t("force.size", value=words.number(force.size)))
    return words.t(
        "declared.force", name=force.name, start=words.day(force.start),
        more="".join(f", {m}" for m in more), checked=_checked(force.checked, words),
    )  # fmt: skip


def _mechanism_lines(found: DeclaredMechanism, words: Words) -> Iterator[str]:
    limit = found.kind == "limit"
    yield words.t("declared.limit" if limit else "declared.mechanism", name=found.name, id=found.id)
    yield "  " + words.t(
        "clause.mechanism", text=found.clause, reference=found.reference,
        checked=_checked(found.checked, words),
    )  # fmt: skip
    if found.article:
        yield "  " + words.t("declared.article", number=found.article, text=found.article_text)
    yield "  " + words.t(
        "declared.stages", stages=words.list(words.stage(found.id, s) for s in found.stages)
    )
    yield "  " + words.t(
        "parameter.competent", competent=words.either(words.party(c) for c in found.competent)
    )
    yield "  " + words.t(f"initial.{found.initial}")
    yield from (f"  {rule.id}: {rule.text}" for rule in found.rules)
