"""From findings to a status: which may be the last word on the day asked about.

An event calculus over one fluent for each mechanism (Kowalski and Sergot, *A logic-based calculus of
events*, 1986): a finding sets the status, and it stays until a later one sets another, or for as long as
its rule says. Dates are ranges, so that « later » may be undecided: the status is known only when every
finding that may be the last one brings about the same.

Comes in: findings. Goes out: the status, the findings that carry it and those that leave it open.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from foedus.alliance.findings import Finding
from foedus.alliance.records import StatusWord
from foedus.alliance.schema import Mechanism

__all__ = ["ENDED", "NEVER", "Settled", "moment", "settle"]

ENDED = "ended"
"""The stage of what was engaged and is no more."""
NEVER = 2**31
"""A moment after all others, for what has no day."""


def moment(day: int, *, lapse: bool) -> int:
    """Return when in the order of things something came about on a day (an ordinal).

    What is over on a day is over before anything happens on it.
    """
    return 2 * day + (0 if lapse else 1)


class Settled(msgspec.Struct, frozen=True, kw_only=True):
    """The status, the findings that ``carry`` it, and those that leave it ``open``.

    ``stages`` are findings that set a stage without engaging (announced things, an attack that
    nobody has decided on), and those that ended one. ``past`` are those that tell that it was engaged and is no more: the last that
    are over, the last that engaged it. ``lapsed`` are those that would be the last word, or set a stage, had they lasted
    longer: of each rule the last. ``clash``: two certain findings bring about different statuses
    and their dates do not say which is later.
    """

    word: StatusWord
    carry: tuple[Finding, ...] = ()
    open: tuple[Finding, ...] = ()
    stages: tuple[Finding, ...] = ()
    past: tuple[Finding, ...] = ()
    lapsed: tuple[Finding, ...] = ()
    clash: bool = False


def settle(mechanism: Mechanism, findings: Sequence[Finding]) -> Settled:
    """Return where a mechanism stands, from the findings that had begun or may have by the day."""
    bearing = sorted(
        (f for f in findings if f.word and f.certainty in ("certain", "cannot_tell", "disputed")),
        key=_order,
    )
    certain = [f for f in bearing if f.certainty == "certain"]
    last = max((_start(f) for f in certain), default=0)
    final = [f for f in bearing if _end(f) >= last]
    words: set[StatusWord] = {f.word for f in final if f.word is not None}
    if not certain:
        words.add("not_engaged" if mechanism.initial == "off" else "unknown")
    word: StatusWord = words.pop() if len(words) == 1 else "unknown"
    decided = word != "unknown"
    carry = _carrying(certain, word) if decided else []
    clash = not decided and len({f.word for f in final if f.certainty == "certain"}) > 1
    return Settled(
        word=word,
        carry=tuple(carry),
        open=tuple(f for f in final if not decided or f.certainty != "certain"),
        stages=_stages(mechanism, findings, certain),
        past=_past(findings, bearing, word),
        lapsed=_lapsed(findings, certain),
        clash=clash,
    )


def _order(finding: Finding) -> tuple[int, int, str, str]:
    return _end(finding), _start(finding), finding.fact, finding.rule


def _start(finding: Finding) -> int:
    if finding.when is None:
        return 0
    return moment(finding.when.start.toordinal(), lapse=finding.effect == "lapses")


def _end(finding: Finding) -> int:
    if finding.when is None:
        return NEVER
    return moment(finding.when.end.toordinal(), lapse=finding.effect == "lapses")


def _carrying(certain: list[Finding], word: StatusWord) -> list[Finding]:
    """Return the findings of the present status: those that no other status surely came after."""
    reset = max((_start(f) for f in certain if f.word != word), default=0)
    return [f for f in certain if f.word == word and _end(f) >= reset]


def _stages(
    mechanism: Mechanism, findings: Sequence[Finding], certain: list[Finding]
) -> tuple[Finding, ...]:
    """Return what sets a stage without engaging, unless an end surely came after it."""
    ends = [f for f in certain if f.word != "engaged"] + _over(findings)
    ended = max(map(_start, ends), default=0)
    quiet = {stage.id for stage in mechanism.stages if not stage.engages}
    reached = [
        f
        for f in sorted(findings, key=_order)
        if (f.certainty == "announced" or (f.certainty == "certain" and f.stage in quiet))
        and f.effect not in ("lapses", "ends")
        and _end(f) >= ended
    ]
    return _still(reached, [f for f in findings if f.effect == "ends"])


def _still(reached: Sequence[Finding], ends: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return what sets a stage that nothing surely ended since, and what ended others."""
    sure = [f for f in ends if f.certainty == "certain"]
    if not sure:
        return tuple(reached)

    def ended(finding: Finding, end: Finding) -> bool:
        same = finding.certainty == "certain" and finding.stage == end.stage
        return same and _end(finding) < _start(end)

    kept = [f for f in reached if not any(ended(f, end) for end in sure)]
    shown = [end for end in sorted(sure, key=_order) if any(ended(f, end) for f in reached)]
    return (*kept, *shown)


def _over(findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings that what had engaged it is over for sure."""
    return [
        f
        for f in findings
        if f.effect == "lapses" and f.certainty == "certain" and f.began == "engaged"
    ]


def _past(
    findings: Sequence[Finding], bearing: Sequence[Finding], word: StatusWord
) -> tuple[Finding, ...]:
    """Return what tells that it was engaged: the last ends of that, or the last that it was begun."""
    over = _over(findings)
    if over:
        last = max(map(_start, over))
        return tuple(f for f in sorted(over, key=_order) if _end(f) >= last)
    begun = [f for f in bearing if f.word == "engaged" and (f.certainty == "certain" or f.begun)]
    return (begun[-1],) if begun and word == "not_engaged" else ()


def _lapsed(findings: Sequence[Finding], certain: list[Finding]) -> tuple[Finding, ...]:
    """Return of each rule the last finding that is over for sure, and that no other status came after.

    It may itself be in dispute: had it lasted, one could not tell now.
    """
    found: dict[str, Finding] = {}
    for finding in sorted(findings, key=_order):
        if finding.effect != "lapses" or finding.certainty not in ("certain", "disputed"):
            continue
        after = max((_start(f) for f in certain if f.word != finding.began), default=0)
        if _begun(finding) >= after:
            found[finding.rule] = finding
    return tuple(found.values())


def _begun(lapse: Finding) -> int:
    """Return when that began, at the latest, which is over."""
    if lapse.when is None or lapse.lasts is None:
        return NEVER
    return moment(lapse.when.end.toordinal() - lapse.lasts, lapse=False)
