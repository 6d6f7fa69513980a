"""``foedus ledger statements`` and ``foedus ledger positions``: who said what, and who contradicts it.

Comes in: the options of the command line. Goes out: utterances, or a speaker's positions in order of
time, as a table to read, JSON or CSV. :func:`register` hangs the verbs onto another application.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from foedus.acts import days_text
from foedus.address import Address
from foedus.errors import oneline
from foedus.verbs.asking import (
    Form,
    Printed,
    asked_of,
    many,
    print_csv,
    print_undecided,
    when_text,
)
from foedus.verbs.options import DEFAULT_LEDGER, AsOf, KnownBy, LedgerFile
from foedus.verbs.terminal import as_json, complain, grid, write_line

if TYPE_CHECKING:
    from foedus.ledger.out import Content, Position, SpeechFilter
    from foedus.ledger.sayings import Utterance

__all__ = ["register"]

_SHOWN = 200
"""Characters of a wording in a table to read."""

Speakers = Annotated[list[str] | None, many("speaker", "Who said it, or for whom he speaks")]
About = Annotated[
    list[str] | None, many("about", "Cue, event type, thing, party of an act told in it, or words")
]
Sources = Annotated[
    list[str] | None, many("source", "An outlet, a report's label or beginning of its hash")
]


def register(parent: typer.Typer) -> None:
    """Give ``parent`` the verbs ``statements`` and ``positions``."""
    parent.command()(statements)
    parent.command()(positions)


def statements(
    speakers: Speakers = None,
    about: About = None,
    sources: Sources = None,
    as_of: AsOf = None,
    known_by: KnownBy = None,
    form: Printed = Form.table,
    ledger: LedgerFile = DEFAULT_LEDGER,
) -> None:
    """List utterances: who said what and when, in how many reports and wordings."""
    from foedus.ledger.out import utterances_table

    with _speech(ledger, as_of, known_by) as content:
        found = _choose(content, speakers, about, sources)
        if form is Form.json:
            write_line(as_json(found))
        elif form is Form.csv:
            print_csv(utterances_table(found))
        else:
            numbers = ("wordings", "sources")
            heads = ("utterance", "when", "speaker", "said", *numbers, "differs", "held")
            typer.echo(
                grid(heads, map(_utterance_row, found), right=numbers, whole=("utterance", "when"))
            )


def positions(
    speaker: Annotated[str, typer.Argument(metavar="SPEAKER", help="A person, state or body.")],
    about: About = None,
    as_of: AsOf = None,
    known_by: KnownBy = None,
    form: Printed = Form.table,
    ledger: LedgerFile = DEFAULT_LEDGER,
) -> None:
    """List what a speaker said over time, and who contradicts it, by which rule."""
    from foedus.ledger.out import positions_of, positions_table

    with _speech(ledger, as_of, known_by) as content:
        chosen = _choose(content, [speaker], about, None)
        found = positions_of(content, chosen, content.world)
        if form is Form.json:
            write_line(as_json(found))
        elif form is Form.csv:
            print_csv(positions_table(content, found))
        else:
            heads = ("utterance", "when", "speaker", "said", "against", "rule")
            rows = [row for p in found for row in _position_rows(content, p)]
            typer.echo(grid(heads, rows, whole=("utterance", "when")))


@contextmanager
def _speech(ledger: Address, as_of: str | None, known_by: str | None) -> Iterator[Content]:
    """Give what counts on the two days, and then say of which statements the dates cannot tell."""
    with asked_of(ledger, as_of, known_by) as (opened, content):
        yield content
        doubts = opened.cannot_tell(None, content.known_by)
        print_undecided(
            (*(d for d in doubts if d.kind == "statement"), *content.speech.cannot_tell)
        )


def _choose(
    content: Content, speakers: list[str] | None, about: list[str] | None, sources: list[str] | None
) -> Sequence[Utterance]:
    """Return the utterances asked for; say on standard error who of those asked for says nothing."""
    from foedus.ledger.out import SpeechFilter, chosen_utterances, speech_in_ids

    world = content.world
    asked = speech_in_ids(
        SpeechFilter(
            speakers=tuple(speakers or ()), about=tuple(about or ()), sources=tuple(sources or ())
        ),
        world,
    )
    found = chosen_utterances(content, asked, world)
    if not found:
        _name_unmet(content, asked)
    return found


def _name_unmet(content: Content, asked: SpeechFilter) -> None:
    from foedus.ledger.out import SpeechFilter, chosen_utterances, speakers_near

    world = content.world
    for who in asked.speakers:
        if not chosen_utterances(content, SpeechFilter(speakers=(who,)), world):
            near = speakers_near(content, who, world)
            hint = f"; did you mean {' or '.join(near)}?" if near else ""
            complain(f"nobody here called {who!r} says anything{hint}")
    for option, values in (("about", asked.about), ("source", asked.sources)):
        for value in values:
            one = SpeechFilter(**{f"{option}s" if option == "source" else option: (value,)})
            if not chosen_utterances(content, one, world):
                complain(f"--{option}: no utterance here has {value!r}")


def _utterance_row(u: Utterance) -> tuple[str, ...]:
    return (
        u.id, when_text(u), u.speaker or "", oneline(u.text, _SHOWN), str(len(u.variants)),
        str(u.sources), ", ".join(d.field for d in u.differences), u.verdict or "",
    )  # fmt: skip


def _position_rows(content: Content, position: Position) -> Iterator[tuple[str, ...]]:
    """A row for each contradiction; what repeats the row above is left empty."""
    from foedus.ledger.out import sides_of, words_of

    u = position.utterance
    said = oneline(u.text, _SHOWN)
    head = (u.id, when_text(u), u.speaker or "", f"({u.verdict}) {said}" if u.verdict else said)
    if not position.contradictions:
        yield (*head, "", "")
    for c in position.contradictions:
        other = sides_of(u, c)[1]
        who = ", ".join(other.holders)
        days = days_text(other.days) or "?"
        said = oneline(words_of(content, other), _SHOWN)
        yield (*head, f"{who}, {days} ({other.reading.act.id}): {said}", c.rule)
        head = ("", "", "", "")
