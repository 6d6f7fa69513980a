"""``foedus whatif``: what would change, and what it would take; nothing is written anywhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast, get_args

import typer

from foedus.errors import FoedusError
from foedus.verbs.options import (
    DEFAULT_ALLIANCE,
    DEFAULT_LEDGER,
    AllianceFolder,
    AsOf,
    KnownBy,
    Lang,
    Language,
    LedgerFile,
    TextOrJson,
    Told,
    read_day,
)
from foedus.verbs.terminal import as_json, dates_line, status_row, write_line

if TYPE_CHECKING:
    from foedus.alliance.reach import Goal, Reach
    from foedus.alliance.records import Reason, StatusWord
    from foedus.brief.whatif import Supposition

__all__ = ["whatif"]


def whatif(
    add: Annotated[
        Path | None, typer.Option(metavar="FILE.jsonl", help="Suppose these acts, one a line.")
    ] = None,
    without: Annotated[
        list[str] | None,
        typer.Option(metavar="FACT", help="Suppose this fact or act away; may be repeated."),
    ] = None,
    reach: Annotated[
        str | None,
        typer.Option(metavar="MECHANISM=STATUS", help="What it would take: article-5=engaged."),
    ] = None,
    stage: Annotated[
        str | None, typer.Option(metavar="STAGE", help="With --reach: at this stage.")
    ] = None,
    as_of: AsOf = None,
    known_by: KnownBy = None,
    lang: Lang = Language.fr,
    form: Told = TextOrJson.text,
    ledger: LedgerFile = DEFAULT_LEDGER,
    alliance: AllianceFolder = DEFAULT_ALLIANCE,
) -> None:
    """Print what would change if acts had been, or had not; or what a status would take."""
    goal = _goal(reach, stage)
    if goal is None and add is None and not without:
        raise FoedusError("nothing is supposed", remedy="give --add, --without or --reach")
    asked: dict[str, Any] = {
        "add": add,
        "without_": tuple(without or ()),
        "as_of": read_day("--as-of", as_of),
        "known_by": read_day("--known-by", known_by),
        "lang": lang.value,
        "alliance": alliance,
    }
    from foedus.brief.whatif import ask_reach, ask_whatif, reach_lines, whatif_lines

    aside, named = form is TextOrJson.json, asked["as_of"] is not None
    if goal is not None:
        found, at, words, declared = ask_reach(ledger, goal, **asked)
        typer.echo(dates_line(at.as_of, at.known_by, asked=named), err=aside)
        lines = reach_lines(found, words, declared)
        data = _reach_data(found)
    else:
        supposed, words, declared = ask_whatif(ledger, **asked)
        typer.echo(dates_line(supposed.as_of, supposed.known_by, asked=named), err=aside)
        lines = whatif_lines(supposed, words, declared)
        data = _data(supposed)
    if aside:
        write_line(as_json(data))
    else:
        for line in lines:
            write_line(line)


def _goal(text: str | None, stage: str | None) -> Goal | None:
    """Read a goal of the command line, or say how one is written."""
    if text is None:
        if stage is not None:
            raise FoedusError("goes with --reach only", where="--stage", remedy="add --reach")
        return None
    from foedus.alliance.reach import Goal
    from foedus.alliance.records import StatusWord as Word

    mechanism, _, status = text.partition("=")
    status = status.strip().replace("-", "_")
    if not mechanism.strip() or status not in get_args(Word):
        raise FoedusError(
            f"{text!r} is no goal", where="--reach",
            remedy=f"write MECHANISM=STATUS, with one of: {', '.join(get_args(Word))}",
        )  # fmt: skip
    return Goal(mechanism=mechanism.strip(), status=cast("StatusWord", status), stage=stage)


def _data(found: Supposition) -> dict[str, Any]:
    return {
        "added": found.added,
        "gone": found.gone,
        "changes": [
            {
                "mechanism": change.after.mechanism,
                "before": status_row(change.before),
                "after": status_row(change.after),
                "lost": _grounds(change.lost),
                "gained": _grounds(change.gained),
            }
            for change in found.changes
        ],
        "same": found.same,
    }


def _grounds(grounds: tuple[tuple[Reason, Reason], ...]) -> list[dict[str, Any]]:
    return [
        {"rule": rule.values["rule"], "fact": fact.fact, "worth": fact.key.removeprefix("fact.")}
        for rule, fact in grounds
    ]


def _reach_data(found: Reach) -> dict[str, Any]:
    return {
        "goal": found.goal,
        "status": found.status,
        "stage": found.stage,
        "outcome": found.outcome,
        "standing": found.standing,
        "sets": [
            [
                {
                    "mechanism": move.mechanism,
                    "rule": move.rule,
                    "act": move.act,
                    "level": move.level,
                    "absent": move.absent,
                }
                for move in moves
            ]
            for moves in found.sets
        ],
    }
