"""From a scenario to its folder: draws, data, page, and the brief's link to it.

Comes in: scenario files and where to write. Goes out in ``OUT/simulations/NAME/``: ``index.html``, ``outcome.json``
and the Parquet files of all draws; with a second scenario also ``OUT/simulations/NAME-against-OTHER/`` with both
beside each other. The same files and seed give the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec

from foedus.brief.files import FOLDER, PAGE, make_folder, write_atomically
from foedus.brief.simulated.answers import answer_lines
from foedus.brief.words import Words
from foedus.errors import FoedusError
from foedus.scenario import (
    Engine,
    Outcome,
    Results,
    Scenario,
    compare,
    make_answers,
    make_outcome,
    read_scenario,
    run,
    write_json,
    write_parquet,
)

__all__ = ["Simulated", "simulate"]

Progress = Callable[[int, int, str], None]


class Simulated(msgspec.Struct, frozen=True, kw_only=True):
    """What was written: the page of the scenario, or of both beside each other; the outcomes."""

    page: Path
    outcomes: tuple[Outcome, ...]


def simulate(
    path: Path,
    out: Path,
    *,
    draws: int,
    seed: int,
    against: Path | None = None,
    lang: str = "fr",
    workers: int | None = None,
    engine: Engine = "local",
    progress: Progress | None = None,
    told: Callable[[str], None] | None = None,
) -> Simulated:
    """Run a scenario, or two with the same random numbers, and write what they come to.

    Args:
        path: the scenario's file.
        out: the folder to write; where it holds a brief, the brief's page links to the simulation.
        draws: how many.
        seed: the same gives the same.
        against: another scenario's file, to set beside it.
        lang: the language of the page and of the lines told.
        workers: as for :func:`foedus.scenario.run`.
        engine: the same.
        progress: the same.
        told: called with each answer in one line as soon as the draws are made; bounds
            and pages take their time after that.

    Raises:
        FoedusError: a file is wrong, or the work could not be done.
        OSError: the machine refuses to write.
    """
    scenarios = [read_scenario(p) for p in ([path] if against is None else [path, against])]
    if len({s.name for s in scenarios}) < len(scenarios):
        raise FoedusError(
            f"two scenarios are called {path.stem!r}",
            where=against,
            remedy="rename one of the files",
        )
    make_folder(out)
    made = []
    for scenario in scenarios:
        results = run(scenario, draws, seed, workers=workers, engine=engine, progress=progress)
        made.append(_written(scenario, results, out, lang, told))
    pages = [page for page, _, _ in made]
    outcomes = tuple(outcome for _, outcome, _ in made)
    if against is not None:
        pages.insert(0, _beside(out, lang, scenarios, made))
    brief = out / PAGE
    if brief.exists():
        from foedus.brief.listed import with_simulations

        write_atomically(brief, with_simulations(brief.read_text(encoding="utf-8"), out))
    return Simulated(page=pages[0], outcomes=outcomes)


_Made = tuple[Path, Outcome, Results]


def _written(
    scenario: Scenario, results: Results, out: Path, lang: str, told: Callable[[str], None] | None
) -> _Made:
    answered = make_answers(scenario, results)
    if told is not None:
        for line in answer_lines(scenario, answered, lang):
            told(line)
    # What pages need is loaded now: the answers do not wait for it.
    from foedus.brief.simulated.page import render_simulation
    from foedus.brief.simulated.view import simulation_view

    outcome = make_outcome(scenario, results, answered)
    folder = out / FOLDER / scenario.name
    folder.mkdir(parents=True, exist_ok=True)
    write_parquet(folder, scenario, results)
    write_json(folder / "outcome.json", outcome)
    words = _words(scenario, lang)
    page = render_simulation(simulation_view(outcome, words), words, _home(out))
    # The page last: whoever finds it new finds its data beside it.
    return write_atomically(folder / "index.html", page), outcome, results


def _beside(out: Path, lang: str, scenarios: list[Scenario], made: list[_Made]) -> Path:
    from foedus.brief.simulated.comparison import comparison_view
    from foedus.brief.simulated.page import render_comparison

    (first, second), ((_, one, here), (_, other, there)) = scenarios, made
    found = compare(first, here, second, there)
    folder = out / FOLDER / f"{first.name}-against-{second.name}"
    folder.mkdir(parents=True, exist_ok=True)
    write_json(folder / "comparison.json", found)
    words = Words(lang)
    page = render_comparison(comparison_view(found, one, other, words), words, _home(out))
    return write_atomically(folder / "index.html", page)


def _words(scenario: Scenario, lang: str) -> Words:
    from foedus.world import load_world  # states by their names

    if scenario.state is None:
        return Words(lang, load_world())
    from foedus.alliance import load_alliance
    from foedus.brief.material import alliance_words

    declared = load_alliance(scenario.state.alliance)
    return Words(lang, scenario.state.world, alliance_words(declared))


def _home(out: Path) -> str:
    return f"../../{PAGE}" if (out / PAGE).exists() else ""
