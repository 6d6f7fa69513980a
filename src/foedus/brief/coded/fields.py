"""What a record tells, field by field and in words, each with the lines behind it.

Comes in: records of one report, their grounds and their cues. Goes out: fields in the order in which a
reader asks: who, to whom, where, what, when, how it stands, what it points at, whose word it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from foedus.acts import Act, Quantity, Record, Span, Statement
from foedus.brief.coded.cuelines import CuesWithin
from foedus.brief.coded.shapes import Field
from foedus.brief.passages import quoted, visible
from foedus.brief.words import Words
from foedus.coding.grounds import Ground, Grounds
from foedus.report.records import Report

__all__ = ["Told"]

_SHORT = 160


class Told:
    """Tells the records of one report."""

    def __init__(self, report: Report, words: Words, grounds: Grounds, cues: CuesWithin) -> None:
        self._report = report
        self._words = words
        self._grounds = grounds
        self._cues = cues

    def of(self, record: Record) -> tuple[tuple[Ground, ...], tuple[Field, ...]]:
        """Return the grounds of the record as a whole, and its fields with theirs."""
        found = self._grounds.of(record, self._report.text)
        whole = tuple(g for g in found if g.part in ("rule", "marks"))
        parts = {g.part: g for g in found if g.part not in ("rule", "marks")}
        if isinstance(record, Act):
            parts.update((g.part, g) for g in self._cues.of(record))
            return whole, tuple(self._of_act(record, parts, whole[0]))
        if isinstance(record, Statement):
            return whole, tuple(self._of_statement(record))
        return whole, tuple(self._of_quantity(record))

    def title(self, record: Record) -> str:
        """Return what a record is, in words and by its code."""
        words = self._words
        if isinstance(record, Act):
            return f"{words.code('type', record.type)} ({record.type})"
        if isinstance(record, Statement):
            return words.code("form", record.form)
        subject = words.value(record.subject) if record.subject else words.t("quantity.untitled")
        return visible(subject)

    def how(self, record: Record) -> str:
        """Return in words how a statement was told from the text; nothing for others."""
        if not isinstance(record, Statement) or not record.rule:
            return ""
        how = (
            record.rule.rpartition(" ")[2] if " " not in record.rule else record.rule.split(" ")[1]
        )
        how = how.partition(":")[0]
        return self._words.t(f"how.{how}") if self._words.has(f"how.{how}") else ""

    # -- fields -----------------------------------------------------------------------------------

    def _field(self, name: str, value: str, span: Span | None = None, **more: object) -> Field:
        words = quoted(self._report.text, span, _SHORT) if span else ""
        label = self._words.t(f"field.{name}")
        return Field(name=name, label=label, value=value, words=words, span=span, **more)  # type: ignore[arg-type]

    def _of_act(self, act: Act, parts: dict[str, Ground], rule: Ground) -> Iterator[Field]:
        words = self._words
        yield self._field("trigger", quoted(self._report.text, act.trigger, _SHORT))
        for name, ids in (("actors", act.actors), ("recipients", act.recipients),
                          ("places", act.places)):  # fmt: skip
            if ids:
                yield self._field(name, words.entities(ids))
        for slug in act.instruments:
            ground = parts.get(f"instrument.{slug}")
            yield self._with("instruments", words.code("instrument", slug), ground)
        for number, amount in enumerate(act.quantities):
            ground = parts.get(f"quantity.{number}")
            yield self._with("quantity", words.amount(amount), ground, amount.span)
        yield from self._when(act)
        yield from self._modes(act, parts)
        if act.mode:
            yield self._field("mode", visible(act.mode))
        if act.contexts:
            yield self._field("contexts", visible(", ".join(act.contexts)))
        frame = self._grounds.frame(act)
        for cue in act.cues:
            ground = parts.get(f"cue.{cue}")
            if ground is None and frame is not None and cue in frame.cues:
                ground = rule
            yield self._with("cues", words.code("cue", cue), ground)
        yield from self._whose(act, parts)

    def _whose(self, act: Act, parts: dict[str, Ground]) -> Iterator[Field]:
        """Whose word an act is, the reason given for it, and the request that it answers."""
        if act.attributed_to or act.statement:
            who = self._words.entity(act.attributed_to) if act.attributed_to else "–"
            told = (act.statement,) if act.statement else ()
            yield self._field("attributed_to", who, records=told)
        if act.reason:
            yield self._with("reason", "", parts.get("reason"), act.reason)
        if act.answers:
            yield self._field("answers", "", records=(act.answers,))

    def _modes(self, act: Act, parts: dict[str, Ground]) -> Iterator[Field]:
        given = {giver.aux: giver for giver in act.aux_by}
        for mode in act.aux:
            giver, ground = given.get(mode), parts.get(f"aux.{mode}")
            how = self._words.t(f"given.{giver.by}") if giver else self._words.t("given.unknown")
            met = ground is not None and ground.file is not None
            yield self._field(
                "aux", self._words.code("aux", mode), giver.span if giver else None,
                how=how, grounds=(ground,) if ground is not None and met else (),
            )  # fmt: skip

    def _with(
        self, name: str, value: str, ground: Ground | None, span: Span | None = None
    ) -> Field:
        """Return a field with its ground, where there is one with a file."""
        shown = span or (ground.span if ground is not None else None)
        met = ground is not None and ground.file is not None
        return self._field(
            name, value, shown, grounds=(ground,) if ground is not None and met else ()
        )

    def _when(self, record: Record) -> Iterator[Field]:
        if record.date is not None or record.when is not None:
            span = record.when.span if record.when is not None else None
            yield self._field("date", self._words.range(record.date), span)

    def _of_statement(self, said: Statement) -> Iterator[Field]:
        words = self._words
        speaker = words.entity(said.speaker) if said.speaker else words.t("voice.unnamed")
        yield self._field("speaker", speaker, said.speaker_span)
        if said.cue_span is not None:
            yield self._field("saying", "", said.cue_span)
        if said.via:
            yield self._field("via", words.entities(said.via))
        yield from self._when(said)

    def _of_quantity(self, told: Quantity) -> Iterator[Field]:
        words = self._words
        if told.value is not None or told.of:
            yield self._field("quantity", words.amount(told))
        if told.level:
            yield self._field("level", words.code("level", told.level))
        if told.place:
            yield self._field("places", words.entity(told.place))
        if told.part_of:
            yield self._field("part_of", "", told.part_of)
        if told.cues:
            yield self._field("cues", words.list(words.code("cue", c) for c in told.cues))
        yield from self._when(told)
