"""A trail in words: lines for a terminal or a file.

Comes in: a :class:`~foedus.ledger.out.trail.Trail`. Goes out: lines of plain text. Nothing that a
report holds can break a line or steer a terminal; offsets are those of the text as received.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence, Set

from foedus.acts import (
    Act,
    Amount,
    DateRange,
    Quantity,
    Span,
    Statement,
    TimeExpression,
    days_text,
)
from foedus.errors import oneline
from foedus.ledger.cells import amount_text
from foedus.ledger.out.content import reading_place
from foedus.ledger.out.trail import (
    CopyTrail,
    Origin,
    Passage,
    RecordTrail,
    Telling,
    Trail,
    UtteranceTrail,
)
from foedus.ledger.records import Difference, Fact, is_unsourced
from foedus.ledger.sayings import Said, Utterance

__all__ = ["trail_lines"]

_LONGEST = 600
_SHORT = 12
"""Characters of a hash that people are shown; ``show`` takes a beginning."""
_LISTS = ("actors", "recipients", "places", "instruments", "cues", "aux", "contexts")


def trail_lines(trail: Trail) -> Iterator[str]:
    """Give the lines, without line ends."""
    if trail.record is not None:
        yield from _record_lines(trail.record, "")
        yield ""
    if trail.utterance is not None:
        yield from _utterance_lines(trail.utterance)
        yield ""
    tellings = {id(t.reading): t for t in trail.tellings}
    for fact in trail.facts:
        own = [t for r in fact.readings if (t := tellings.get(id(r))) is not None]
        yield from _fact_lines(fact, own)
        yield ""
    if trail.origins:
        yield "sources"
    told = {(t.reading.citation.source, t.reading.act.span) for t in trail.tellings}
    if trail.utterance is not None:
        told = {(v.said.citation.source, v.said.statement.span)
                for v in trail.utterance.utterance.variants}  # fmt: skip
    shown: set[str] = set()
    for origin in trail.origins:
        yield from _origin_lines(origin, told, shown)
        shown.add(origin.hash)


def _utterance_lines(trail: UtteranceTrail) -> Iterator[str]:
    u = trail.utterance
    yield _line(f"utterance {u.id}")
    yield _field("speaker", u.speaker or "not named")
    told = days_text(u.first_told) or "on an unknown day"
    yield _field("date", f"{days_text(u.date) or 'not told'}; first told {told}")
    yield _field("forms", ", ".join(u.forms))
    yield _field("attested", _attested(u))
    who = {v.said.statement.id: _place(v.said) for v in u.variants}
    yield from _values(u.differences, who)
    yield "  wordings"
    for number, (variant, own) in enumerate(zip(u.variants, trail.statements, strict=True), 1):
        appeared = days_text(variant.said.published) or "unknown day"
        yield _line(
            f"  {number}. {variant.wording}", f"{_place(variant.said)}, appeared {appeared}"
        )
        if variant.lacks:
            yield _field("without", ", ".join(variant.lacks), 4)
        if variant.adds:
            yield _field("with", ", ".join(variant.adds), 4)
        yield from _record_lines(own, "    ")
        yield _field("counts as", _source_name(variant.said.group), 4)


def _place(said: Said) -> str:
    return f"{said.outlet or 'unknown outlet'}, {said.citation.report}"


def _attested(thing: Fact | Utterance) -> str:
    return (
        f"{_count(thing.reports, 'report')}, {_count(thing.outlets, 'outlet')}, "
        f"{_count(thing.sources, 'independent source')}"
    )


def _source_name(group: str) -> str:
    if is_unsourced(group):
        return "no source"
    return f"source {group if ':' in group else group[:_SHORT]}"


def _fact_lines(fact: Fact, tellings: Sequence[Telling]) -> Iterator[str]:
    yield _line(f"fact {fact.id}  {fact.type}", fact.mode or "")
    for name in _LISTS[:-1]:
        if values := getattr(fact, name):
            yield _field(name, ", ".join(values))
    if fact.quantities:
        yield _field("quantities", "; ".join(amount_text(q) for q in fact.quantities))
    told = days_text(fact.first_told) or "on an unknown day"
    yield _field("date", f"{days_text(fact.date) or 'not told'}; first told {told}")
    by_hand = f"; {_count(fact.unsourced, 'telling')} by hand without a source"
    yield _field("attested", _attested(fact) + by_hand * bool(fact.unsourced))
    who = {r.act.id: f"{r.teller}, {r.citation.report}" for r in fact.readings}
    yield from _values(fact.differences, who)
    if not tellings:
        return
    yield "  readings"
    for number, telling in enumerate(tellings, 1):
        yield from _telling_lines(number, telling)


def _values(differences: Iterable[Difference], who: Mapping[str, str]) -> Iterator[str]:
    for difference in differences:
        yield _line(f"  differs: {difference.field}")
        for value, records in difference.values.items():
            named = "; ".join(f"{who.get(r, 'unknown')} ({r})" for r in records)
            yield _line(f"    {value}", f"— {named}")


def _telling_lines(number: int, telling: Telling) -> Iterator[str]:
    r, act = telling.reading, telling.reading.act
    appeared = days_text(r.published) or "unknown day"
    place: str = r.origin
    if r.origin == "report":
        place = f"{r.teller}, {r.citation.report}"
    elif r.origin == "person":
        place = f"by hand, {reading_place(r.citation)}"
    yield _line(f"  {number}. act {act.id}", f"{place}, appeared {appeared}")
    if r.by is not None:
        yield _field("entered by", r.by, 4)
        yield _field("source", r.reference or "none is cited: unsourced", 4)
    elif r.reference:
        yield _field("reference", r.reference, 4)
    yield from _roles(act, 4)
    yield from _passages(telling.passages, 4)
    yield _field("date", _dated(r.date, act.when, r.published), 4)
    if telling.event is not None:
        yield _field("taken for", f"the register's event {telling.event}", 4)
    if act.attributed_to:
        yield _field("according to", ", ".join((act.attributed_to, *act.capacity)), 4)
    if telling.statement is not None:
        yield from _record_lines(telling.statement, "    ")
    if act.rule:
        yield _field("coded by", act.rule, 4)
    yield _field("counts as", _source_name(r.group), 4)


def _record_lines(trail: RecordTrail, indent: str) -> Iterator[str]:
    record = trail.record
    depth = len(indent) + 2
    kind = type(record).__name__.lower()
    what = record.type if isinstance(record, Act) else ""
    yield _line(f"{indent}{kind} {record.id}", what)
    if isinstance(record, Act):
        yield from _roles(record, depth)
    elif isinstance(record, Statement):
        yield _field("speaker", record.speaker or "not named", depth)
        yield _field("form", record.form, depth)
        if record.via:
            yield _field("via", ", ".join(record.via), depth)
    else:
        yield from _quantity(record, depth)
    yield from _passages(trail.passages, depth)
    yield from _held(trail, depth)
    if record.date is not None or record.when is not None:
        yield _field("date", _dated(record.date, record.when, None), depth)
    if trail.facts:
        yield _field("facts", ", ".join(trail.facts), depth)


def _held(trail: RecordTrail, depth: int) -> Iterator[str]:
    """Give what persons hold of a record that they judged, beside what was read."""
    held = trail.held
    if held is None:
        return
    if held.verdict is not None:
        yield _field("held to be", held.verdict, depth)
    for name in held.corrected:
        yield _field(f"corrected {name}", _corrected(held.record, name), depth)
    yield _field("judgements", ", ".join(held.judgements), depth)


def _corrected(record: Statement | Quantity, name: str) -> str:
    if name == "words":
        return f"[{record.span[0]}:{record.span[1]}]"
    if name == "date":
        return days_text(record.date) or "none"
    if name == "value" and isinstance(record, Quantity):
        return "none" if record.value is None else amount_text(_as_amount(record))
    value = getattr(record, name)
    return (", ".join(value) if isinstance(value, tuple) else value) or "none"


def _roles(act: Act, depth: int) -> Iterator[str]:
    for name in _LISTS:
        if values := getattr(act, name):
            yield _field(name, ", ".join(values), depth)
    if act.quantities:
        yield _field("quantities", "; ".join(amount_text(q) for q in act.quantities), depth)


def _quantity(record: Quantity, depth: int) -> Iterator[str]:
    value = None if record.value is None else amount_text(_as_amount(record))
    for name, text in (
        ("subject", record.subject), ("value", value), ("of", record.of),
        ("place", record.place), ("level", record.level), ("cues", ", ".join(record.cues)),
    ):  # fmt: skip
        if text:
            yield _field(name, text, depth)


def _as_amount(record: Quantity) -> Amount:
    return Amount(
        value=record.value or 0, unit=record.unit or "", of=record.of, approx=record.approx,
        at_least=record.at_least, max=record.max, span=record.span,
    )  # fmt: skip


def _dated(
    found: DateRange | None, when: TimeExpression | None, published: DateRange | None
) -> str:
    """Say a date, and what it was worked out from."""
    text = days_text(found) or "not told"
    if when is None:
        return text
    steps = "" if when.offset is None else f"{when.offset:+d}"
    said = f"{when.value} {steps}".rstrip() if when.value else f"{steps} days"
    shift = f", {when.shift:+d} days" if when.shift else ""
    relative = when.offset is not None or (when.value or "").startswith("XXXX")
    source = f", counted from {days_text(published) or 'the day of the report'}" if relative else ""
    return f"{text}, from {said}{shift} at [{when.span[0]}:{when.span[1]}]{source}"


def _origin_lines(
    origin: Origin, told: Set[tuple[str, Span]], shown: Container[str]
) -> Iterator[str]:
    """Give the lines of a source.

    ``told`` are the passages that tell what was asked for: of a text shared by two reports, only
    sentences that hold one are written out (all, when nothing is told). ``shown`` are the sources
    that stand above.
    """
    yield _line(f"  report {origin.label}", f"{origin.outlet or 'unknown outlet'}  {origin.hash}")
    if origin.title:
        yield _field("title", origin.title, 4)
    with_ = ", ".join(copy.label for copy in origin.copies)
    if not with_ and origin.group != origin.hash:
        with_ = f"the group of {origin.group[:_SHORT]}"
    yield _field("independence", f"one source with {with_}" if with_ else "a text of its own", 4)
    for copy in origin.copies:
        yield from _copy_lines(copy, told, above=copy.hash in shown)
    yield _field("appeared", _ranges(origin.candidates) or "on an unknown day", 4)
    yield from _passages(origin.evidence, 6)
    for step, grounds in zip(origin.steps, origin.grounds, strict=True):
        left = f"{_ranges(step.before) or 'any day'} → {_ranges(step.after)}"
        yield _line(f"      {step.rule}: {left}")
        yield from _passages(grounds, 8)


def _copy_lines(copy: CopyTrail, told: Set[tuple[str, Span]], *, above: bool) -> Iterator[str]:
    kept = [pair for pair in copy.passages if not told or any(_holds(p, told) for p in pair)]
    count = _count(len(copy.passages), "passage")
    where = ", shown above" if above else f", {len(kept)} of them told here" if told else ""
    yield _line(f"    shares {count} with {copy.label}{where}")
    for here, there in [] if above else kept:
        yield from _passages((here, there), 6)


def _holds(passage: Passage, told: Set[tuple[str, Span]]) -> bool:
    span = passage.span
    return span is not None and any(
        source == passage.source and start < span[1] and span[0] < end
        for source, (start, end) in told
    )


def _ranges(days: Iterable[DateRange]) -> str:
    return ", ".join(days_text(d) for d in days)


def _passages(passages: Iterable[Passage], depth: int) -> Iterator[str]:
    for p in passages:
        quoted = f"« {oneline(p.text, _LONGEST)} »"
        if p.line is not None:
            yield _field(p.role, f"{p.report}:{p.line}" + f" {quoted}" * bool(p.text), depth)
        elif p.span is not None:
            yield _field(p.role, f"{p.report} [{p.span[0]}:{p.span[1]}] {quoted}", depth)


def _field(name: str, value: str, depth: int = 2) -> str:
    return " " * depth + f"{oneline(name):<12} {oneline(value, 2 * _LONGEST)}"


def _line(head: str, rest: str = "") -> str:
    """Join the parts on one line; the indent of ``head`` is kept."""
    indent = " " * (len(head) - len(head.lstrip(" ")))
    return indent + oneline(f"{head}  {rest}".strip(), 2 * _LONGEST)


def _count(number: int, what: str) -> str:
    return f"{number} {what}" + ("" if number == 1 else "s")
