"""The declared rules as an answer-set program for clingo, to hold the engine's answers against.

Comes in: an alliance and day-precise acts told plainly by reports of their own day. Goes out: the status of each mechanism on
each day. Conditions on states, days in force, levels and doubtful dates are not put into the program.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from foedus.acts import Act
from foedus.alliance import Alliance
from foedus.alliance.schema import Mechanism, Rule
from foedus.world import World

Answers = dict[tuple[str, int], str]
_ROLES = ("actors", "recipients", "places", "targets")
_LISTS = (("types", "type"), ("cues", "cue"), ("modes", "mode"), ("instruments", "instrument"))
PROGRAM = """
named(I,"targets",A) :- named(I,"recipients",A).
named(I,"targets",A) :- named(I,"places",A).
who(A,D) :- named(I,_,A), day(I,D).
member(A,D) :- who(A,D), joined(A,J,L), J <= D, D <= L.
plays(A,R,D) :- who(A,D), is(A,B), id(R,B).
plays(A,R,D) :- member(B,D), who(A,D), is(A,B), members(R).
plays(A,R,D) :- who(A,D), state(A), not member(A,D), nonmembers(R).
plays(A,R,D) :- plays(A,S,D), made_of(R,S).
some(I,K,X) :- named(I,K,A), day(I,D), plays(A,R,D), any(X,K,R).
bad(I,K,X) :- named(I,K,A), day(I,D), plays(A,R,D), none(X,K,R).
nobody(I,K) :- day(I,_), test(K), not named(I,K,_).
event(M,D,W) :- fits(I,M,W,0,_), day(I,D).
event(M,D) :- event(M,D,_).
runs(M,D,W,L) :- fits(I,M,W,L,_), day(I,D), L > 0.
shuts(M,D+L) :- fits(I,M,_,L,1), day(I,D), D+L <= last.
stands(M,0,-1,W) :- initial(M,W), not event(M,0).
stands(M,D,2*D+1,W) :- event(M,D,W).
stands(M,D,2*D,"not_engaged") :- shuts(M,D), not event(M,D).
stands(M,D+1,T,W) :- stands(M,D,T,W), D < last, not event(M,D+1), not shuts(M,D+1).
lives(M,D,2*E+1,W) :- runs(M,E,W,L), D = E..E+L-1, D <= last.
passed(M,D,T) :- stands(M,D,T,_), lives(M,D,S,_), S > T.
passed(M,D,T) :- lives(M,D,T,_), stands(M,D,S,_), S > T.
passed(M,D,T) :- lives(M,D,T,_), lives(M,D,S,_), S > T.
holds(M,D,W) :- stands(M,D,T,W), not passed(M,D,T).
holds(M,D,W) :- lives(M,D,T,W), not passed(M,D,T).
#show holds/3.
"""


def solved(
    alliance: Alliance, acts: Sequence[Act], world: World, first: date, days: int
) -> Answers:
    """Return each mechanism's status on each of ``days`` days from ``first``, as clingo finds it."""
    import clingo

    control = clingo.Control(["--warn=none", "-c", f"last={days - 1}"])
    told = "\n".join([*_declared(alliance, world, acts, first), *_told(acts, first)])
    control.add("base", [], PROGRAM + told)
    control.ground([("base", [])])
    words: dict[tuple[str, int], set[str]] = {}
    with control.solve(yield_=True) as handle:
        model: Any = handle.model()
        for atom in model.symbols(shown=True):
            name, number, word = atom.arguments
            words.setdefault((name.string, number.number), set()).add(word.string)
    return {key: found.pop() if len(found) == 1 else "unknown" for key, found in words.items()}


def _q(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _declared(alliance: Alliance, world: World, acts: Sequence[Act], first: date) -> Iterator[str]:
    for member in alliance.memberships:
        left = (member.left or date.max).toordinal() - first.toordinal()
        joined = member.joined.toordinal() - first.toordinal()
        yield f"joined({_q(member.state)},{joined},{min(left, 10**8)})."
    for role in alliance.declared.roles:
        yield from (f"id({_q(role.id)},{_q(i)})." for i in role.ids)
        yield from (f"made_of({_q(role.id)},{_q(r)})." for r in role.roles)
        if role.members:
            yield f"members({_q(role.id)})."
        if role.non_members:
            yield f"nonmembers({_q(role.id)})."
    for who in sorted({w for a in acts for w in (*a.actors, *a.recipients, *a.places)}):
        entity = world.entity(who)
        yield from (f"is({_q(who)},{_q(w)})." for w in {who, world.side_of(who, None) or who})
        if entity is not None and entity.kind == "state":
            yield f"state({_q(who)})."
    yield from (f"test({_q(kind)})." for kind in _ROLES)
    for mechanism in alliance.mechanisms:
        word = "not_engaged" if mechanism.initial == "off" else "unknown"
        yield f"initial({_q(mechanism.id)},{_q(word)})."
        for rule in mechanism.rules:
            yield from _rule(mechanism, rule)


def _rule(mechanism: Mechanism, rule: Rule) -> Iterator[str]:
    quiet = {stage.id for stage in mechanism.stages if not stage.engages}
    words = {"initiates": "engaged", "terminates": "not_engaged", "rules_out": "ruled_out"}
    if rule.effect not in words or (rule.effect == "initiates" and rule.stage in quiet):
        return
    when, name = rule.when, _q(f"{mechanism.id}/{rule.id}")
    body = ["day(I,_)", 'not aux(I,"hypothetical")', 'not aux(I,"historical")']
    for key, atom in _LISTS:
        if values := getattr(when, key):
            yield from (f"wants({name},{_q(key)},{_q(v)})." for v in values)
            body += [f"{atom}(I,V{atom})", f"wants({name},{_q(key)},V{atom})"]
    if when.contexts:
        return
    negated = 'aux(I,"negation")'
    future = 'aux(I,"future")'
    body += {"affirmed": [f"not {negated}"], "negated": [negated], "either": []}[when.polarity]
    if when.future == "only":
        body.append(future)
    elif when.future == "excluded" or (when.future == "announces" and when.polarity == "affirmed"):
        body.append(f"not {future}")
    for key in _ROLES:
        test = getattr(when, key)
        if test is None:
            continue
        yield from (f"any({name},{_q(key)},{_q(r)})." for r in test.any)
        yield from (f"none({name},{_q(key)},{_q(r)})." for r in test.none)
        body.append(f"not bad(I,{_q(key)},{name})")
        if test.any:
            yield f"passes(I,{_q(key)},{name}) :- some(I,{_q(key)},{name})."
            if test.empty:
                yield f"passes(I,{_q(key)},{name}) :- nobody(I,{_q(key)})."
            body.append(f"passes(I,{_q(key)},{name})")
    does = f"{_q(words[rule.effect])},{rule.lasts or 0},{int(rule.closes)}"
    yield f"fits(I,{_q(mechanism.id)},{does}) :- {', '.join(body)}."


def _told(acts: Sequence[Act], first: date) -> Iterator[str]:
    for number, act in enumerate(acts):
        assert act.date is not None
        yield f"day({number},{act.date.start.toordinal() - first.toordinal()})."
        yield f"type({number},{_q(act.type)})."
        yield from (f"cue({number},{_q(c)})." for c in act.cues)
        yield from (f"aux({number},{_q(a)})." for a in act.aux)
        yield from (f"instrument({number},{_q(i)})." for i in act.instruments)
        if act.mode:
            yield f"mode({number},{_q(act.mode)})."
        for kind in ("actors", "recipients", "places"):
            yield from (f"named({number},{_q(kind)},{_q(w)})." for w in getattr(act, kind))
