"""``foedus simulate``: what can follow, as a page with charts, JSON, and all draws.

Comes in: the options of the command line. Goes out: the answers, one a line, and where the page is.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from foedus.errors import oneline
from foedus.verbs.options import Lang, Language
from foedus.verbs.terminal import naming, progress_bar

__all__ = ["simulate"]


class EngineName(StrEnum):
    """Who makes the draws."""

    local = "local"
    ray = "ray"


def simulate(
    scenario: Annotated[Path, typer.Argument(metavar="FILE", help="The scenario, a YAML file.")],
    out: Annotated[
        Path,
        typer.Option("-o", "--out", metavar="OUT", help="Folder to write; a brief's links to it."),
    ] = Path("build/brief"),
    draws: Annotated[
        int,
        typer.Option("-n", "--draws", metavar="N", min=1, max=10_000_000, help="How many draws."),
    ] = 1000,
    seed: Annotated[
        int, typer.Option(metavar="N", min=0, help="The same seed gives the same bytes.")
    ] = 1,
    against: Annotated[
        Path | None,
        typer.Option(metavar="OTHER", help="Another scenario, drawn with the same numbers."),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(
            metavar="N", min=1, max=256, help="Processes (default: as many as it is worth)."
        ),
    ] = None,
    engine: Annotated[
        EngineName, typer.Option(help="This machine, or a Ray cluster.")
    ] = EngineName.local,
    lang: Lang = Language.fr,
) -> None:
    """Simulate a scenario: a page with charts, its data, and all draws."""
    from foedus.brief.simulated import simulate as run

    with progress_bar() as progress, naming(out):
        made = run(
            scenario, out, draws=draws, seed=seed, against=against, lang=lang.value,
            workers=workers, engine=engine.value, progress=progress,
            told=lambda line: typer.echo(oneline(line, 400)),
        )  # fmt: skip
    typer.echo(f"page: {oneline(made.page)}")
