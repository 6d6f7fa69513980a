"""From report files to the brief: every room in its turn, and the files that come of it.

Comes in: report files or folders, and the folder to write. Goes out in that folder:
``brief.html`` (the page), ``brief.json`` (everything the page shows, as data), ``acts.jsonl`` (the
records of the codebook), ``reports/`` (for each report, why it was coded so) and ``foedus.duckdb`` (the
ledger). The same reports give the same bytes of all but the last, whatever their order or number at a time: nothing in them tells when or where they
were written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from foedus.acts import Record, Statement, encode_record
from foedus.address import Address
from foedus.alliance import Alliance, courses, load_alliance, world_of
from foedus.alliance.folder import holds
from foedus.alliance.records import MechanismStatus, as_reason
from foedus.brief.files import PAGE, make_folder, write_atomically
from foedus.brief.listed import with_simulations
from foedus.brief.material import Material, alliance_words, mechanism_words
from foedus.brief.page import render
from foedus.brief.rows import CODED
from foedus.brief.standing import position, status_words
from foedus.brief.view import View, make_view
from foedus.brief.words import Words
from foedus.brief.work import Aside, Item, code_files, load_coder
from foedus.ledger import Ledger, opposed_facts
from foedus.report.records import Failure, LeftOut, Report
from foedus.world import World

__all__ = ["BriefResult", "build_brief", "gather"]

Progress = Callable[[int, int, str], None]
_BATCH = 200
FORMAT = 1
"""Version of ``brief.json``: it grows when a key changes its meaning or goes."""


class BriefResult(msgspec.Struct, frozen=True, kw_only=True):
    """What was written and what it says.

    ``words`` are the English words for the statuses, by mechanism, for a terminal.
    ``reports`` counts the reports read in this run, ``left_out`` those that do not concern the topic
    asked for, ``failures`` the files that could not be read;
    ``as_of`` and ``known_by`` are None when no report in the ledger can be dated.
    """

    page: Path
    json: Path
    acts: Path
    ledger: Address
    reports: int
    left_out: int = 0
    failures: tuple[Failure, ...]
    statuses: tuple[MechanismStatus, ...]
    words: dict[str, str] = {}
    as_of: date | None
    known_by: date | None


def build_brief(
    inputs: Sequence[Path],
    out: Path,
    *,
    lang: str = "fr",
    dated: Path | None = None,
    progress: Progress | None = None,
    alliance: str = "nato",
    topic: str | None = None,
    workers: int | None = None,
    ledger: Address | Path | str | None = None,
) -> BriefResult:
    """Read and code reports, add them to the ledger in ``out``, and write the brief of all it holds.

    Args:
        inputs: report files, or folders of them.
        out: the folder to write.
        lang: the language of the page.
        dated: a CSV file of dates, outlets and addresses stated by hand.
        progress: called with the number of files done, their total, and a name.
        alliance: the name of a shipped alliance, or a path to the folder of one.
        topic: the same; reports that do not concern that alliance are left out.
        workers: how many processes read and code; None: one, or more for many reports.
        ledger: the ledger to add to, a file or a database; None: ``foedus.duckdb`` in ``out``. One that
            is there already is added to.

    Raises:
        FoedusError: there is nothing to read, or a file of the user's or of ours is wrong.
        OSError: the machine refuses to write (a full disk); files of an earlier run stay whole.
    """
    world = world_of(alliance)
    declared = load_alliance(alliance, world)
    words = Words(lang, world, alliance_words(declared))
    make_folder(out)
    failures: list[Failure] = []
    place = Address.of(out / "foedus.duckdb" if ledger is None else ledger)
    with Ledger.open(place, world=world, progress=progress) as opened:
        items = code_files(
            inputs, dated=dated, alliance=alliance, topic=topic, workers=workers, progress=progress,
            make=_coder,
        )  # fmt: skip
        left_out = Aside()
        coded = _coded(items, failures, left_out)
        count = 0
        while batch := list(islice(coded, _BATCH)):
            opened.add(batch)
            count += len(batch)
        opened.set_calendar(declared.calendar)
        opened.set_cues(declared.cue_kinds)
        material = gather(opened, declared, world, tuple(failures))
        records = _records(opened)
    view = make_view(material, words, world, records)
    page = with_simulations(render(view, words), out)
    _explain(view, records, Explaining(out, words, declared, world))
    # The page last: whoever finds it new finds its data beside it.
    acts = write_atomically(out / "acts.jsonl", "".join(f"{encode_record(r)}\n" for r in records))
    data = write_atomically(out / "brief.json", _json(material, lang))
    return BriefResult(
        page=write_atomically(out / PAGE, page),
        json=data,
        acts=acts,
        ledger=place,
        reports=count,
        left_out=left_out.count,
        failures=tuple(failures),
        statuses=material.statuses,
        words=status_words(material.statuses, declared, Words("en")),
        as_of=material.as_of,
        known_by=material.known_by,
    )


def gather(
    ledger: Ledger, declared: Alliance, world: World, failures: tuple[Failure, ...] = ()
) -> Material:
    """Ask the ledger and the alliance for everything that the brief shows.

    Everything in the ledger counts, also what no day is known of. The page bears the ledger's latest
    day, and ``undecided`` lists what a question for that day would leave open.
    """
    latest = ledger.latest()
    now = position(ledger, declared, world)
    on = latest or date.max
    members = declared.members(on)
    course = courses(
        declared, now.facts, known_by=None, world=world, quantities=now.quantities, latest=on
    )
    return Material(
        alliance=declared.names,
        mechanisms=mechanism_words(declared),
        own=tuple(sorted({declared.declared.body, *members})),
        meant_by=declared.declared.meant_by,
        sanctions=declared.sections.get("sanctions", ()),
        as_of=latest,
        known_by=latest,
        statuses=now.statuses,
        facts=now.facts,
        statements=ledger.accepted(Statement),
        quantities=now.quantities,
        sources=ledger.sources(),
        reports=ledger.reports(),
        courses={mechanism: found.stretches for mechanism, found in course.items()},
        memberships=tuple(m for state in members if (m := declared.membership(state, on))),
        outside=declared.outside(on),
        forces=tuple(f for f in declared.forces if holds(f.start, f.end, on)),
        disagreements=(
            *((f, d) for f in now.facts for d in f.differences),
            *(
                (f, o.difference)
                for o in opposed_facts(now.facts, world=ledger.register, cues=ledger.cues())
                for f in (o.fact, o.other)
            ),
        ),
        unsettled=ledger.unsettled(),
        undecided=ledger.cannot_tell(latest, latest) if latest else (),
        failures=failures,
        entered=ledger.entries(),
    )


_coder = load_coder


def _coded(
    items: Iterable[Item], failures: list[Failure], left_out: Aside
) -> Iterator[tuple[Report, Sequence[Record]]]:
    for item in items:
        if isinstance(item, Failure):
            failures.append(item)
        elif isinstance(item, LeftOut):
            left_out.add(item)
        else:
            yield item


def _records(ledger: Ledger) -> list[Record]:
    """Return all records, by report, then in the order of the text."""
    records: list[Record] = [*ledger.statements(), *ledger.acts(), *ledger.quantities()]
    records.sort(key=lambda r: (r.report, r.source, r.span, r.id))
    return records


class Explaining(NamedTuple):
    """What writing the explanations of the reports' coding asks for."""

    out: Path
    words: Words
    declared: Alliance
    world: World


def _explain(view: View, records: Iterable[Record], how: Explaining) -> None:
    """Write for each report the page that explains its coding, and which the brief links to."""
    from foedus.brief.coded import Explainer, file_name, render_coded

    explainer = Explainer(how.words, how.declared, how.world)
    mine: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        mine[record.source].append(record)
    folder = how.out / CODED
    make_folder(folder)
    for (report, anchors, _), source in zip(view.texts, view.sources, strict=True):
        home = f"../{PAGE}#{anchors.section}"
        leads = {
            r.id: f"../{PAGE}#{anchor}"
            for r in mine[report.hash]
            if (anchor := anchors.known(r.span)) is not None
        }
        explained = explainer.explain(report, mine[report.hash], source.published)
        page = render_coded(explained, how.words, leads, home)
        write_atomically(folder / file_name(report.hash), page)


def _json(material: Material, lang: str) -> str:
    """Return ``brief.json``; the keys are told in the reference."""
    reports = {r.hash: r for r in material.reports}
    brief = {
        "format": FORMAT,
        "language": lang,
        "as_of": material.as_of,
        "known_by": material.known_by,
        "mechanisms": material.statuses,
        "courses": material.courses,
        "members": [m.state for m in material.memberships],
        "standing_forces": [f.id for f in material.forces],
        "facts": material.facts,
        "statements": material.statements,
        "quantities": material.quantities,
        "sources": [_source(s, reports.get(s.hash)) for s in material.sources],
        "disagreements": [
            {"fact": fact.id, **msgspec.to_builtins(difference)}
            for fact, difference in material.disagreements
        ],
        "dates_cannot_tell": material.undecided,
        "entries": material.entered,
        "failures": [f.message for f in material.failures],
    }
    data = msgspec.json.encode(brief, enc_hook=as_reason)
    return msgspec.json.format(data, indent=1).decode("utf-8") + "\n"


def _source(source: Any, report: Report | None) -> dict[str, Any]:
    """Return a source with what its report tells of itself."""
    found: dict[str, Any] = msgspec.to_builtins(source)
    if report is not None:
        told = {
            "language": report.language,
            "encoding": report.encoding,
            "url": report.url,
            "credits": report.credits,
            "evidence": report.evidence,
            "notes": report.notes,
        }
        found.update(msgspec.to_builtins(told))
    return found
