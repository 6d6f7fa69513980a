"""An utterance from its wordings: speaker, days, who has it from whom, and how the words differ.

Comes in: statements held to be one utterance, with their wordprints. Goes out: an
:class:`~foedus.ledger.sayings.Utterance`. No wording is dropped; where they do not agree on a figure,
a day or the speaker, each value stands with its statements.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import get_args

from foedus.acts import Form, days_text
from foedus.ledger.consolidate import agreed_days, difference, hashed_id, independent
from foedus.ledger.records import Difference, Verdict
from foedus.ledger.roles import Roles
from foedus.ledger.sayings import Said, Utterance, Variant, Wording
from foedus.ledger.wordprint import UtteranceRules, Wordprint, compare

__all__ = ["utterance_id", "voiced"]

_FORMS: tuple[Form, ...] = get_args(Form)
Told = tuple[Said, Wordprint]


def utterance_id(said: Iterable[Said]) -> str:
    """Return the id of the utterance that exactly these statements make."""
    return hashed_id("u-", ((s.citation.source, s.statement.id) for s in said))


def voiced(told: Sequence[Told], roles: Roles, rules: UtteranceRules) -> Utterance:
    """Return the utterance of which ``told`` (at least one) are the wordings."""
    ordered = sorted(told, key=_order)
    said = [s for s, _ in ordered]
    fullest = min(ordered, key=lambda t: (-len(t[1].among), -len(t[1].words), _order(t)))
    return Utterance(
        id=utterance_id(said),
        speaker=_speaker(said, roles),
        date=agreed_days([s.statement.date for s in said if s.statement.date is not None]),
        first_told=min((s.published for s in said if s.published is not None), default=None),
        forms=tuple(f for f in _FORMS if any(s.statement.form == f for s in said)),
        variants=tuple(_variant(t, fullest, rules) for t in ordered),
        reports=len({s.citation.source for s in said}),
        outlets=len({s.outlet for s in said if s.outlet}),
        sources=independent(said),
        differences=_differences(ordered, fullest, rules),
        verdict=_verdict(said),
        judgements=tuple(sorted({j for s in said for j in s.judgements})),
    )


def _verdict(said: Sequence[Said]) -> Verdict | None:
    """Return what persons hold of it: of its statements the verdict that leaves most open."""
    verdicts = {s.verdict for s in said}
    order: tuple[Verdict, ...] = ("disputed", "unsure", "confirmed")
    return next((v for v in order if v in verdicts), None)


def _order(told: Told) -> tuple[str, str, tuple[int, int], str]:
    """By publication, then report and place in it: never by arrival."""
    said = told[0]
    at = said.published.start.isoformat() if said.published else "~"
    return (at, said.citation.source, said.statement.span, said.statement.id)


def _speaker(said: Sequence[Said], roles: Roles) -> str | None:
    """Return who is named most often; a person before the side he speaks for."""
    named = Counter(s.statement.speaker for s in said if s.statement.speaker is not None)
    sides = {s.statement.speaker: roles.side(s.statement.speaker, s.published)
             for s in said if s.statement.speaker is not None}  # fmt: skip
    return min(named, key=lambda who: (sides[who] is None, -named[who], who), default=None)


def _variant(told: Told, fullest: Told, rules: UtteranceRules) -> Variant:
    said, own = told
    full = fullest[1]
    return Variant(
        said=said,
        wording=_wording(told, fullest, rules),
        lacks=_only(full, own),
        adds=_only(own, full),
    )


def _wording(told: Told, fullest: Told, rules: UtteranceRules) -> Wording:
    if told is fullest:
        return "fullest"
    if told[0].language != fullest[0].language:
        return "translated"
    like = compare(told[1], fullest[1], rules)
    return "reworded" if like is None else like.kind


def _only(one: Wordprint, other: Wordprint) -> tuple[str, ...]:
    """Return the words of ``one`` that count and have nothing like them in ``other``, in order."""
    words = (w for w, key in zip(one.said, one.keys, strict=True) if key not in other.among)
    return tuple(dict.fromkeys(words))


def _differences(
    told: Sequence[Told], fullest: Told, rules: UtteranceRules
) -> tuple[Difference, ...]:
    speakers: dict[str, list[str]] = defaultdict(list)
    dates: dict[str, list[str]] = defaultdict(list)
    figures: dict[str, list[str]] = defaultdict(list)
    for told_ in told:
        said, own = told_
        if said.statement.speaker is not None:
            speakers[said.statement.speaker].append(said.statement.id)
        if said.statement.date is not None:
            dates[days_text(said.statement.date)].append(said.statement.id)
        likeness = compare(own, fullest[1], rules)
        if likeness is not None and "figures" in likeness.opposed:
            for which, print_ in (told_, fullest):
                figures[_figures(print_)].append(which.statement.id)
    found = (("speaker", speakers), ("date", dates), ("figures", figures))
    return tuple(difference(name, values) for name, values in found if len(values) > 1)


def _figures(print_: Wordprint) -> str:
    return " + ".join(sorted(figure[1:] for figure in print_.figures))
