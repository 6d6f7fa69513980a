"""The five real reports, where they stand beside the clone: furniture, notes, dates, credits."""

from __future__ import annotations

from pathlib import Path

import pytest

from foedus.report import Report, find_copies, read
from foedus.world import World
from tests.report.pages import words


@pytest.fixture(scope="module")
def reports(shared: Path, world: World) -> dict[str, Report]:
    found = {r.label: r for r in read([shared / "reports"], world=world) if isinstance(r, Report)}
    assert sorted(found) == ["000", "001", "002", "003", "004"]
    return found


@pytest.mark.parametrize(
    ("label", "near"),
    [
        ("001", "Partager cet article"),
        ("001", "dit non à une zone"),
        ("001", "Kazakhstan"),
        ("001", "PUBLICITÉ"),
        ("003", "Spread the love"),
        ("003", "Leave A Reply"),
        ("004", "widgets.js"),
        ("004", "[youtube"),
        ("004", "Turnstile"),
        ("004", "Akismet"),
    ],
)
def test_furniture(reports: dict[str, Report], label: str, near: str) -> None:
    r = reports[label]
    assert near not in " ".join(words(r, span) for span in r.body)
    assert any(near in words(r, f.span) for f in r.furniture)


@pytest.mark.parametrize(
    ("label", "kind", "near"),
    [
        ("000", "repeated-title", ""),
        ("001", "repeated-title", ""),
        ("000", "no-outlet", ""),
        ("002", "no-outlet", ""),
        ("003", "no-outlet", ""),
        ("001", "photo-credit-only", "Associated Press"),
        ("002", "photo-credit-only", "AFP"),
        ("003", "machine-translation", "XNUMX"),
        ("004", "machine-translation", "[Russian President Vladimir]"),
        ("003", "one-side-wording", "opération militaire spéciale"),
        ("004", "state-outlet", "RTEn"),
    ],
)
def test_notes(reports: dict[str, Report], label: str, kind: str, near: str) -> None:
    r = reports[label]
    assert any(n.kind == kind and near in words(r, n.span) for n in r.notes)


def test_dates_and_outlets(reports: dict[str, Report]) -> None:
    assert [(d.start.isoformat(), d.end.isoformat()) for d in reports["000"].dates] == [
        ("2022-02-26", "2022-02-26")
    ]
    assert [d.precision for d in reports["001"].dates] == ["year"]
    assert [d.precision for d in reports["002"].dates] == ["month"]
    assert reports["003"].dates == reports["004"].dates == ()
    assert reports["001"].outlet == "euronews"
    assert [(c.kind, c.name) for c in reports["000"].credits] == [("via", "the-epoch-times")]


def test_the_eve_of_the_ministers_meeting(reports: dict[str, Report]) -> None:
    r = reports["004"]
    eve = next(t for t in r.times if "veille" in words(r, t.span))
    assert (eve.value, eve.shift) == ("XXXX-WXX-2", 1)


def test_none_is_a_copy_of_another(reports: dict[str, Report]) -> None:
    assert find_copies(list(reports.values())) == ()
