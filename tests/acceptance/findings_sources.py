"""Who says it, what of a page is not the article, what a report is worth, and when it appeared."""

from __future__ import annotations

from datetime import date, timedelta

from foedus.acts import Span
from tests.acceptance.findings import on_day, records, some, whole
from tests.acceptance.outcome import Outcome, plain
from tests.acceptance.scenario import REPORTS, Scenario

CHIEFS_QUOTES = {
    "000": ("garanties de sécurité", "nous sommes clairs"),
    "001": ("acte délibéré, de sang froid", "mises en garde", "chaque centimètre"),
    "002": ("milliers de soldats", "convoqué un sommet", "augmenté notre présence",
            "moment est grave", "cesser immédiatement"),
    "003": ("fournit un soutien", "guerre à part entière", "Demain", "responsabilité de veiller",
            "millions de réfugiés", "depuis 2014"),
    "004": ("gagne la bataille", "grande défaite"),
}  # fmt: skip

FURNITURE = {
    "001": ("Tous droits réservés", "Par Stefan", "Partager cet article", "Copier/coller",
            "PUBLICITÉ", "À découvrir", "dit non à une zone", "Kazakhstan", "nouvelles armes et"),
    "003": ("Spread the love", "Leave A Reply", "Social Media Auto Publish"),
    "004": ("platform.twitter", "[youtube", "Laisser un commentaire", "Your email", "CloudFlare",
            "I agree", "Akismet"),
}  # fmt: skip

NOTES = [
    ("000", "repeated-title", None),
    ("001", "repeated-title", None),
    ("000", "no-outlet", None),
    ("002", "no-outlet", None),
    ("003", "no-outlet", None),
    ("001", "photo-credit-only", None),
    ("002", "photo-credit-only", None),
    ("003", "machine-translation", "XNUMX"),
    ("004", "machine-translation", "[Russian President Vladimir]"),
    ("003", "one-side-wording", "opération militaire spéciale"),
    ("004", "state-outlet", "RTEn"),
]
NOT_NOTES = [
    ("001", "no-outlet"),
    ("004", "no-outlet"),
    ("001", "machine-translation"),
    ("002", "machine-translation"),
    ("001", "state-outlet"),
]


@records
def chiefs_quotes_are_his(s: Scenario, b: Outcome) -> None:
    for report, needles in CHIEFS_QUOTES.items():
        for near in needles:
            assert b.said(report, near, speaker=s.chief, form="direct|partial"), (
                f"{report}, « {near} »: {[q.speaker for q in b.said(report, near)]}"
            )


@records
def quoted_block_has_its_outlet(s: Scenario, b: Outcome) -> None:
    for near in ("garanties de sécurité", "nous sommes clairs", "Les cyberattaques"):
        found = b.said("000", near, speaker=s.chief)
        assert any(set(q.via) & set(s.via_block.split("|")) for q in found), f"« {near} »"


@records
def president_threatens(s: Scenario, b: Outcome) -> None:
    assert b.said(
        "000", "conséquences plus importantes", speaker=s.president, form="partial|direct"
    )
    found = b.told("000", kind="THREATEN", actor=f"{s.president}|RUS", near="conséquences")
    some(found, "the threat")


@records
def spokesman_speaks_partly_by_interview(s: Scenario, b: Outcome) -> None:
    outlet = set(s.via_interview.split("|"))
    quoted = b.said("003", "strictement", speaker=s.spokesman, form="direct")
    assert any(set(q.via) & outlet for q in quoted), "the interview"
    others = b.said("003", "condition préalable", speaker=s.spokesman)
    others += b.said("003", "objectifs et plans", speaker=s.spokesman)
    assert others, "what he says elsewhere"
    assert not any(set(q.via) & outlet for q in others), "only in part by the interview"


@records
def furniture_yields_nothing(s: Scenario, b: Outcome) -> None:
    for report, needles in FURNITURE.items():
        for near in needles:
            start, end = b.find(report, near)
            bad = [
                r
                for r in b.records()
                if r.report == report and r.span[0] < end and start < r.span[1]
            ]
            assert not bad, f"{report}, « {near} »: {bad[0]}"


@records
def headline_at_the_foot_is_another_article(s: Scenario, b: Outcome) -> None:
    assert not b.told("001", cue="no-fly-zone")


def shows(b: Outcome, report: str, span: Span, near: str) -> bool:
    """Whether the span shares characters with some occurrence of ``near``."""
    start, end = max(0, span[0] - len(near) + 1), span[1] + len(near) - 1
    return plain(near) in b.words(report, (start, end))


@whole
def notes_hold_against_a_report(s: Scenario, b: Outcome) -> None:
    missing = []
    for report, kind, near in NOTES:
        found = [n for n in b.sources[report].notes if n.kind == kind]
        spans = [n.span for n in found if n.span]
        if near is not None:
            found = [n for n in found if n.span and shows(b, report, n.span, near)]
        if not found:
            missing.append((report, kind, near, spans))
    assert not missing, missing


@whole
def notes_hold_nothing_unfair(s: Scenario, b: Outcome) -> None:
    for report, kind in NOT_NOTES:
        assert kind not in {n.kind for n in b.sources[report].notes}, (report, kind)
    assert b.sources["001"].outlet == "euronews"


@whole
def reports_have_their_days(s: Scenario, b: Outcome) -> None:
    wrong = []
    for report in REPORTS:
        allowed, expected = b.sources[report].dating.candidates, s.published[report]
        if expected is None:
            continue
        held = any(r.start <= expected.holds <= r.end for r in allowed)
        days = sum(r.days for r in allowed)
        settled = not expected.settled or days == 1
        early = not expected.before or all(r.end < expected.before for r in allowed)
        if not (held and settled and early):
            wrong.append((report, expected, allowed))
    assert not wrong, wrong


@whole
def what_cannot_be_settled_stays_a_range(s: Scenario, b: Outcome) -> None:
    for report in s.unsettled:
        allowed = b.sources[report].dating.candidates
        assert sum(r.days for r in allowed) > 1, f"nothing in {report} names a year: {allowed}"


@whole
def dating_says_how(s: Scenario, b: Outcome) -> None:
    for report in s.first_summit_in:
        steps = b.sources[report].dating.steps
        assert any(step.facts or step.citations for step in steps), f"{report}: {steps}"


@whole
def yesterday_is_the_day_before(s: Scenario, b: Outcome) -> None:
    published = s.published["000"]
    assert published is not None
    yesterday = published.holds - timedelta(days=1)
    on_day(b.told("000", kind="AGREE", near="davantage d’armes"), yesterday, "the promise")
    near_today = b.said("000", "contre-attaque", speaker=s.chief)
    assert any(q.date and q.date.start == published.holds for q in near_today)
    press = b.said("000", "garanties de sécurité", speaker=s.chief)
    assert any(q.date and q.date.start == date(2022, 2, 25) for q in press), "its own date"


@records
def every_record_has_its_characters(s: Scenario, b: Outcome) -> None:
    for record in b.records():
        start, end = record.span
        assert 0 <= start < end <= len(b.texts[record.report]), record
        assert b.words(record.report, record.span).strip(), record


@whole
def every_status_has_its_characters(s: Scenario, b: Outcome) -> None:
    for name, status in b.mechanisms.items():
        _, cited = b.trace(name)
        if status.status in ("engaged", "ruled_out"):
            assert status.citations, f"{name} is {status.status} on no evidence"
        for citation in (*status.citations, *cited):
            if citation.span and citation.report in b.texts:
                start, end = citation.span
                assert 0 <= start < end <= len(b.texts[citation.report]), citation
