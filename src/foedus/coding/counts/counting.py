"""Counting: numbers put to the acts they belong to, and strengths recorded on their own.

Comes in: a report, its acts and its parsed pieces. Goes out: the acts with their ``quantities``, each
number in one act at most, and the codebook's quantity records with their cues and dates.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from pathlib import Path

import msgspec

from foedus.acts import Act, Amount, Quantity, Span, record_id
from foedus.coding.acts import Cues, Hits, Timing
from foedus.coding.counts.numbers import find_numbers, load_numbers
from foedus.coding.counts.quantities import amounts, load_units
from foedus.coding.counts.strengths import load_strengths, strengths
from foedus.coding.syntax import Parsed
from foedus.coding.text import SpanIndex
from foedus.coding.who import Referents
from foedus.report.records import Report
from foedus.world import World

__all__ = ["Counter"]

_NEAR = 50
"""How many strengths back the one may stand that holds a share's whole."""
_BACK = 200
"""How many characters back a pronoun looks for the force it means."""


class Counter:
    """Finds the quantities of reports in one language."""

    def __init__(self, folder: Path) -> None:
        self._numbers = load_numbers(folder)
        self._units = load_units(folder)
        self._strengths = load_strengths(folder)

    def counted(
        self,
        report: Report,
        acts: Sequence[Act],
        parsed: Sequence[Parsed],
        referents: Referents,
        world: World,
    ) -> tuple[list[Act], list[Quantity]]:
        """Return the acts with their quantities, and the quantities that stand alone."""

        def entities(span: Span) -> tuple[str, ...]:
            found = [e for m in referents.index.within(span) for e in referents.meant(m)]
            return tuple(dict.fromkeys(found)) or referents.pronouns.we(span)

        def nationality(state: str) -> str | None:
            return world.adjective(state, "en")

        pieces = SpanIndex((p.piece.span, p) for p in parsed)
        numbers = [n for n in find_numbers(report.text, self._numbers) if pieces.holds(n.span)]
        found = amounts(report.text, numbers, self._units, entities)
        loose: list[Quantity] = []
        for piece in parsed:
            loose += strengths(
                report.text, piece.piece.span, found, self._strengths, self._units, entities,
                nationality=nationality, report=report.label, source=report.hash,
            )  # fmt: skip
        taken = SpanIndex((q.span, q) for q in loose if q.value is not None)
        free = [a for a in found if not taken.holds(a.span)]
        shared, rest = _shared_out(acts, free)
        loose += [
            Quantity(
                id=record_id(report.hash, "quantity", a.span, a.of, a.value),
                report=report.label, source=report.hash, span=a.span, value=a.value, max=a.max,
                unit=a.unit, of=a.of, approx=a.approx, at_least=a.at_least,
            )
            for a in rest if a.unit in ("person", "item") or len(a.unit) == 3
        ]  # fmt: skip
        return shared, loose


def cued(
    quantities: Sequence[Quantity],
    parsed: Sequence[Parsed],
    hits: Hits,
    cues: Cues,
    timing: Timing,
) -> list[Quantity]:
    """Return quantity records with the cues of their words and subject, and their dates."""
    out: list[Quantity] = []
    at = 0
    for quantity in sorted(quantities, key=lambda q: q.span):
        while at + 1 < len(parsed) and parsed[at].piece.span[1] <= quantity.span[0]:
            at += 1
        sentence = parsed[at].piece.span
        # « n'a pas de troupes en X » says what a refused deployment would: its cues are the same
        kind = "MOBILIZE" if quantity.value == 0 and quantity.unit == "person" else ""
        named, forces, _ = cues.of(
            hits,
            quantity.span,
            sentence,
            kind,
            refused=True,
            own=True,
            placed=quantity.place is not None,
        )
        whole = _whole_of(quantity, out)
        subject = quantity.subject or (whole.subject if whole else None)
        subject = (
            subject or next(iter(forces), None) or _spoken_of(quantity, parsed[at], hits, cues)
        )
        brought = tuple(e.cue for e in cues.entries if e.instrument and e.instrument == subject)
        when, dates = timing.of(quantity.span, sentence, (), floor=sentence[0])
        out.append(
            msgspec.structs.replace(
                quantity,
                subject=subject,
                cues=tuple(dict.fromkeys([*quantity.cues, *named, *brought])),
                when=when,
                date=dates,
            )
        )
    return out


def _whole_of(quantity: Quantity, earlier: Sequence[Quantity]) -> Quantity | None:
    """The strength that a share is part of."""
    if quantity.part_of is None:
        return None
    low, high = quantity.part_of
    after = bisect_right(earlier, low, key=lambda q: q.span[0])
    near = earlier[max(0, after - _NEAR) : after]
    return next((q for q in near if high <= q.span[1]), None)


def _spoken_of(quantity: Quantity, piece: Parsed, hits: Hits, cues: Cues) -> str | None:
    """« Elle compte …»: the force named last before, in the same paragraph's sentences."""
    opening = next((t for t in piece.tokens(quantity.span)), None)
    if opening is None or opening.pos not in ("PRON", "DET"):
        return None
    before = hits.within((max(0, quantity.span[0] - _BACK), quantity.span[0]))
    named = [(at, e.instrument) for e in cues.entries if e.instrument for p in e.phrases
             if (at := before.get(p)) is not None]  # fmt: skip
    return max(named)[1] if named else None


def _shared_out(acts: Sequence[Act], free: Sequence[Amount]) -> tuple[list[Act], list[Amount]]:
    """Give each amount to the act in whose clause it stands and whose trigger is nearest.

    Returned beside the acts: the amounts that stand in none.
    """
    mine: dict[str, list[Amount]] = {}
    rest: list[Amount] = []
    clauses = SpanIndex((act.span, act) for act in acts)
    for amount in free:
        holding = clauses.holding(amount.span)
        if not holding:
            rest.append(amount)
            continue
        best = min(holding, key=lambda a: (_gap(a.trigger, amount.span), a.trigger))
        mine.setdefault(best.id, []).append(amount)
    shared = [
        msgspec.structs.replace(act, quantities=tuple(mine[act.id])) if act.id in mine else act
        for act in acts
    ]
    return shared, rest


def _gap(trigger: Span, amount: Span) -> int:
    """How far a number stands from a trigger; one before the trigger counts double."""
    after = amount[0] - trigger[1]
    return after if after >= 0 else 2 * (trigger[0] - amount[1])
