"""Reading reports: one file after the other, one in memory at a time.

Comes in: files and folders. Goes out: a :class:`~foedus.report.records.Report` for each file that
could be read, a :class:`~foedus.report.records.Failure` for each that could not, and a
:class:`~foedus.report.records.LeftOut` for each that is not about what was asked for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import msgspec
from py3langid.langid import LanguageIdentifier

from foedus.acts import Span
from foedus.errors import FoedusError
from foedus.report.clean import Page, clean
from foedus.report.credits import CreditReader
from foedus.report.dated import Stated, load_dated
from foedus.report.dating import allowed_dates, find_evidence
from foedus.report.decoding import decode
from foedus.report.files import Listed, failure, list_files, read_bytes, shown
from foedus.report.lines import find_title
from foedus.report.names import Namer, slug
from foedus.report.notes import find_notes
from foedus.report.records import Credit, DateEvidence, Failure, LeftOut, Report
from foedus.report.timex import find_times
from foedus.report.wording import languages, load_wording
from foedus.world import World

__all__ = ["Task", "Wanted", "list_tasks", "read", "read_task", "read_text"]

_LANGUAGE_SAMPLE = 1000
"""Characters of the article that tell its language: more tell no better, and cost more."""
_LANGUAGE_LEAST = 20
"""Letters below which no language is told."""


class Wanted(Protocol):
    """Tells whether a text, or what of it lies in ``passages``, is about what is asked for.

    Of less text it must not say yes where it says no of more: the whole page is asked about first.
    """

    def __call__(self, text: str, passages: Sequence[Span] | None = None, /) -> bool: ...  # noqa: D102


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """A file to read, with what the user states of it."""

    file: Listed
    stated: Stated | None = None


def read(
    paths: Sequence[Path],
    *,
    world: World,
    dated: Path | None = None,
    progress: Callable[[int, int, str], None] | None = None,
) -> Iterator[Report | Failure]:
    """Read files, and the files of folders, in sorted order; lazily.

    ``dated`` is the user's CSV (report, date, outlet, url): it beats what the pages say.
    ``progress(done, total, label)`` is called after each file.

    Raises:
        FoedusError: nothing to read, or a mistake in ``dated``; before the first report.
    """
    tasks, failures = list_tasks(paths, dated)
    return _read(tasks, failures, world, progress)


def list_tasks(
    paths: Sequence[Path], dated: Path | None = None
) -> tuple[tuple[Task, ...], tuple[Failure, ...]]:
    """Return what there is to read, in the order of reading, and the paths that failed.

    Raises:
        FoedusError: nothing to read, or a mistake in ``dated``.
    """
    listed, failures = list_files(paths)
    stated = _stated(dated, listed)
    return tuple(Task(file=file, stated=stated.get(file.label)) for file in listed), failures


def _read(
    tasks: Sequence[Task],
    failures: Sequence[Failure],
    world: World,
    progress: Callable[[int, int, str], None] | None,
) -> Iterator[Report | Failure]:
    done, total = 0, len(tasks) + len(failures)
    for failed in failures:
        done += 1
        if progress is not None:
            progress(done, total, failed.path)
        yield failed
    for task in tasks:
        result = read_task(task, world)
        done += 1
        if progress is not None:
            progress(done, total, task.file.label)
        assert not isinstance(result, LeftOut)
        yield result


def _stated(dated: Path | None, listed: Sequence[Listed]) -> dict[str, Stated]:
    if dated is None:
        return {}
    names: dict[str, Listed] = {}
    # the label wins over a file's name, which wins over nothing: first come stays
    for name in (lambda f: f.label, lambda f: f.path.name, lambda f: shown(f.path), _hash_of):
        for file in listed:
            names.setdefault(name(file), file)
    return load_dated(dated, names)


def _hash_of(file: Listed) -> str:
    try:
        return hashlib.sha256(read_bytes(file.path)).hexdigest()
    except (OSError, FoedusError):
        return ""


def read_task(task: Task, world: World, wanted: Wanted | None = None) -> Report | Failure | LeftOut:
    """Read one file; one that is not ``wanted`` is left before its page is taken apart."""
    file, path = task.file, shown(task.file.path)
    try:
        data = read_bytes(file.path)
        if wanted is not None and not wanted(decode(data).text):
            return LeftOut(path=path, label=file.label)
        report = read_text(data, label=file.label, path=path, world=world, stated=task.stated)
    except (OSError, FoedusError) as error:
        return failure(file.path, error)
    if wanted is not None and not wanted(report.text, report.body):
        return LeftOut(path=path, label=file.label)
    return report


@lru_cache(maxsize=4)
def _reader(world: World) -> CreditReader:
    wordings = [w for w, _ in load_wording().values()]
    return CreditReader(Namer(world, wordings), wordings)


def read_text(
    data: bytes, *, label: str, path: str, world: World, stated: Stated | None = None
) -> Report:
    """Read one report from its bytes.

    Raises:
        FoedusError: the bytes are no text, or in an encoding that is not known.
    """
    decoded = decode(data)
    text = decoded.text
    reader = _reader(world)
    page = clean(text, reader)
    title, repeated = find_title(text, page.body)
    language = _language(text, page.body)
    times = find_times(text, language, page.body)
    credited = _credits(text, page, reader)
    evidence = find_evidence(text, language, page, times)
    if stated is not None and stated.date is not None:
        by_hand = DateEvidence(kind="by-hand", bound="on", range=stated.date, rule="dated")
        evidence = (by_hand, *evidence)
    outlet = _outlet(credited)
    if stated is not None and stated.outlet is not None:
        named = reader.namer.whole(stated.outlet)
        outlet = named.id if named is not None else slug(stated.outlet) or None
    return Report(
        hash=hashlib.sha256(data).hexdigest(), label=label, path=path, text=text,
        encoding=decoded.encoding, language=language, body=page.body, title=title,
        furniture=page.furniture, credits=credited, outlet=outlet,
        url=stated.url if stated is not None else None,
        dates=allowed_dates(evidence), evidence=evidence, times=times,
        notes=find_notes(
            text, language, page.body, page.furniture, credited, evidence, outlet, decoded,
            repeated, world,
        ),
    )  # fmt: skip


def _credits(text: str, page: Page, reader: CreditReader) -> tuple[Credit, ...]:
    """Every credit of the page with its characters, in the order of the text."""
    found = [
        Credit(kind=part.kind, name=part.name, span=(at + part.start, at + part.end))
        for at, line in page.credits
        for part in line.parts
        if part.name
    ]
    for at, stamp in page.stamps:
        if stamp.rest is not None:
            low, high = at + stamp.rest[0], at + stamp.rest[1]
            found += _stamped(text[low:high], low, reader)
    for start, end in page.body:
        part = reader.via(text[start:end])
        if part is not None:
            span = (start + part.start, start + part.end)
            found.append(Credit(kind="via", name=part.name, span=span))
    return tuple(sorted(set(found), key=lambda c: (c.span, c.kind, c.name)))


def _stamped(text: str, at: int, reader: CreditReader) -> list[Credit]:
    """The outlet or agency that stands beside a date: « Le Courrier du Sud – 12 mai 2022 »."""
    if reader.namer.place(text):
        return []
    outlets = [o for o in reader.namer.outlets(text) if o.known]
    if outlets:
        return [
            Credit(
                kind="agency" if o.agency else "outlet", name=o.id, span=(at + o.start, at + o.end)
            )
            for o in outlets
        ]
    named = reader.namer.masthead(text)
    if named is None:
        return []
    return [Credit(kind="outlet", name=named.id, span=(at + named.start, at + named.end))]


def _outlet(credited: Sequence[Credit]) -> str | None:
    """Who published the report: the first outlet credited; an agency only where it signs alone."""
    return next((c.name for c in credited if c.kind == "outlet"), None)


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    from py3langid import langid

    return LanguageIdentifier.from_model_file(langid.MODEL_FILE)


def _language(text: str, body: Sequence[Span]) -> str:
    """The article's language if there is wording for it, else ``und``."""
    most = _LANGUAGE_SAMPLE
    sample = " ".join(text[start : min(end, start + most)] for start, end in body[:most])[:most]
    if sum(map(str.isalpha, sample)) < _LANGUAGE_LEAST:
        return "und"
    found: str = _identifier().classify(sample)[0]
    return found if found in languages() else "und"
