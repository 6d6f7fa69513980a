"""What the five reports hold, one function a finding, as the project's first issue lists them.

Each takes the expected answers and what a run found, and fails with a sentence. ``RECORDS`` need
only what was read from the reports (gold annotations do); ``WHOLE`` also need the ledger and the
rules of the alliance.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from foedus.acts import Quantity
from tests.acceptance.outcome import Outcome, Told
from tests.acceptance.scenario import Scenario

Finding = Callable[[Scenario, Outcome], None]
RECORDS: list[Finding] = []
WHOLE: list[Finding] = []


def records(finding: Finding) -> Finding:
    """Mark a finding that needs only records."""
    RECORDS.append(finding)
    return finding


def whole(finding: Finding) -> Finding:
    """Mark a finding that needs facts, statuses or sources."""
    WHOLE.append(finding)
    return finding


def some(found: list[Told], what: str) -> list[Told]:
    """Return what was found, or say what is missing."""
    assert found, f"missing: {what}"
    return found


def on_day(found: list[Told], expected: date, what: str) -> None:
    """At least one telling is dated exactly that day."""
    days = sorted({str(t.reading.date) for t in found})
    good = [
        t
        for t in found
        if t.reading.date and t.reading.date.start == t.reading.date.end == expected
    ]
    assert good, f"{what}: expected {expected}, found {days}"


# --- consultations, plans, meetings


@records
def article_4_is_asked_for(s: Scenario, b: Outcome) -> None:
    found = some(b.told("001", kind="REQUEST", cue="article-4", near="article 4"), "the request")
    assert {a for t in found for a in t.act.actors} == set(s.askers)


@whole
def article_4_stands_as_asked_for(s: Scenario, b: Outcome) -> None:
    status = b.mechanisms["article-4"]
    assert status.status == "engaged"
    assert set(status.by) == set(s.askers)
    assert status.stage not in (None, "held"), f"nobody says that they were held: {status.stage}"
    assert any(
        c.report == "001" and c.span and "article 4" in b.words("001", c.span)
        for c in status.citations
    )


@records
def plans_are_told_of_twice(s: Scenario, b: Outcome) -> None:
    for report in ("001", "002"):
        found = b.told(report, kind="MOBILIZE", cue="defence-plans", near="plans de défense")
        some(found, f"the defence plans in {report}")
        assert all("nato" in t.act.actors for t in found)
        real = [t for t in found if not t.act.aux]
        assert bool(real) == s.plans_activated, f"{report}: {[t.act.aux for t in found]}"


@whole
def plans_are_one_fact_of_two_reports(s: Scenario, b: Outcome) -> None:
    status = b.mechanisms["defence-plans"]
    if not s.plans_activated:
        assert status.status != "engaged"
        return
    facts = {t.fact.id: t.fact for t in b.told(kind="MOBILIZE", cue="defence-plans", real=True)}
    assert len(facts) == 1, f"one activation, told as {len(facts)} facts"
    assert b.reports_of(list(facts)) == {"001", "002"}
    assert next(iter(facts.values())).reports == 2
    assert status.status == "engaged"
    assert {c.report for c in status.citations} >= {"001", "002"}


@records
def ambassadors_met_in_emergency(s: Scenario, b: Outcome) -> None:
    found = b.told("002", kind="CONSULT", cue="council", near="réunion d’urgence")
    assert any(not t.act.aux for t in some(found, "the ambassadors' meeting"))


@whole
def council_stands_as_met(s: Scenario, b: Outcome) -> None:
    status = b.mechanisms["council"]
    assert status.status == "engaged"
    assert any(
        c.report == "002" and c.span and "urgence" in b.words("002", c.span)
        for c in status.citations
    )


@records
def first_summit_is_foretold(s: Scenario, b: Outcome) -> None:
    for report in ("001", "002"):
        found = b.told(report, kind="CONSULT", cue="summit", near=s.first_summit_words)
        assert any("future" in t.act.aux for t in some(found, f"the first summit in {report}"))


@whole
def first_summit_has_its_day(s: Scenario, b: Outcome) -> None:
    tellings = []
    for report in s.first_summit_in:
        found = b.told(report, kind="CONSULT", cue="summit", near=s.first_summit_words)
        on_day(found, s.first_summit, f"the first summit in {report}")
        tellings.append({t.fact.id for t in found})
    assert not tellings or set.intersection(*tellings), "they foretell the same summit"


@whole
def first_summit_keeps_its_weekday(s: Scenario, b: Outcome) -> None:
    expected = s.first_summit.isoweekday()
    for report in ("001", "002"):
        for telling in b.told(report, kind="CONSULT", cue="summit", near=s.first_summit_words):
            held = telling.reading.date
            if held and held.days == 1:
                assert held.start.isoweekday() == expected, f"{report}: {held}"


@records
def second_summit_is_told(s: Scenario, b: Outcome) -> None:
    some(b.told("003", kind="CONSULT", cue="summit", place=s.second_summit_place), "its place")
    some(b.told("003", kind="CONSULT", cue="summit", near="sommet extraordinaire"), "its kind")


@whole
def second_summit_has_its_day(s: Scenario, b: Outcome) -> None:
    found = b.told("003", kind="CONSULT", cue="summit")
    on_day(found, s.second_summit, "the second summit")
    first = {t.fact.id for r in ("001", "002") for t in b.told(r, kind="CONSULT", cue="summit")}
    if s.first_summit != s.second_summit and not s.first_summit_by_weekday:
        assert not first & {t.fact.id for t in found}, "two summits in one fact"
    # Both are only foretold: nobody reports that they were held.
    assert {c.report for c in b.mechanisms["summit"].citations} >= {"003"}


@records
def ministers_meet_is_told(s: Scenario, b: Outcome) -> None:
    some(b.told("004", kind="CONSULT", cue="defence-ministers", actor="nato"), "the ministers")


@whole
def ministers_meet_the_day_after(s: Scenario, b: Outcome) -> None:
    found = some(b.told("004", kind="CONSULT", cue="defence-ministers"), "the ministers")
    for telling in found:
        held = telling.reading.date
        assert held is not None, "the meeting is the day after the report's weekday"
        assert held.start <= s.ministers_meet <= held.end, f"{held} excludes {s.ministers_meet}"
    assert b.mechanisms["defence-ministers"].citations


# --- forces


@records
def response_force_is_activated(s: Scenario, b: Outcome) -> None:
    found = b.told("000", kind="MOBILIZE", cue="response-force", near="activé", actor="nato")
    some(found, "the activation")
    assert any(b.says(t.act, "première fois") for t in found), "for the first time"
    assert any(not t.act.aux for t in found) == s.force_activated


@whole
def response_force_has_its_day(s: Scenario, b: Outcome) -> None:
    status = b.mechanisms["response-force"]
    if not s.force_activated:
        assert status.status != "engaged"
        return
    found = b.told("000", kind="MOBILIZE", cue="response-force", near="hier", real=True)
    on_day(found, s.activated, "« hier »")
    assert status.status == "engaged"
    assert status.since is not None
    assert status.since.start == status.since.end == s.activated
    assert "000" in {c.report for c in status.citations}


def counted(b: Outcome, value: int, subject: str, near: str) -> Quantity:
    """Return 002's quantity record of this many persons of this subject."""
    found = [
        q
        for q in b.amounts("002", near)
        if q.value == value and q.unit == "person" and (q.subject or "").startswith(subject)
    ]
    assert found, f"no {value} persons of {subject} near « {near} »: {b.amounts('002', near)}"
    return found[0]


@records
def response_force_is_counted(s: Scenario, b: Outcome) -> None:
    counted(b, s.force, "response-force", "soldats")
    counted(b, s.spearhead, "vjtf", "militaires")
    counted(b, s.share, "vjtf", "dont")


@whole
def share_is_part_of_the_spearhead(s: Scenario, b: Outcome) -> None:
    share = counted(b, s.share, "vjtf", "dont")
    assert share.place == s.share_state or s.share_word in (share.of or "")
    assert share.part_of is not None
    spearhead = counted(b, s.spearhead, "vjtf", "militaires")
    assert share.part_of[0] < spearhead.span[1]
    assert spearhead.span[0] < share.part_of[1]


@whole
def air_component_has_its_commander(s: Scenario, b: Outcome) -> None:
    found = [q for q in b.amounts("002", "composante aérienne") if q.of == "command"]
    assert [q.place for q in found] == [s.air_command]


@records
def battlegroups_have_their_hosts(s: Scenario, b: Outcome) -> None:
    found = b.told("003", kind="MOBILIZE", cue="forward-presence", near="groupements tactiques")
    assert {p for t in some(found, "the battlegroups") for p in t.act.places} == set(s.hosts)
    counted = {a.value for t in found for a in t.act.quantities}
    assert len(s.hosts) in counted, f"how many: {counted}"


@records
def eastern_flank_is_reinforced(s: Scenario, b: Outcome) -> None:
    found = b.told("001", kind="MOBILIZE", cue="forward-presence", near="flanc est", real=True)
    sent = {i for t in some(found, "the eastern flank in 001") for i in t.act.instruments}
    assert {"ships", "aircraft"} <= sent, sent
    figures = [a for t in found for a in t.act.quantities if a.unit == "person"]
    assert any(a.value == 1000 and a.at_least for a in figures), "thousands of troops"
    earlier = b.told("002", kind="MOBILIZE", cue="forward-presence", near="depuis des semaines")
    some(earlier, "the eastern flank in 002")


@whole
def forward_presence_is_engaged(s: Scenario, b: Outcome) -> None:
    status = b.mechanisms["forward-presence"]
    assert status.status == "engaged"
    assert "001" in b.reports_of(status.facts)
    # The battlegroups are announced, which the reason shows too.
    weighed, _ = b.trace("forward-presence")
    assert "003" in b.reports_of([*status.facts, *weighed])


# --- article 5


@records
def article_5_is_only_conditional(s: Scenario, b: Outcome) -> None:
    attack = b.told("000", kind="ASSAULT", recipient="nato")
    assert all("hypothetical" in t.act.aux for t in some(attack, "the attack that is imagined"))
    some(b.told("002", kind="THREATEN", cue="article-5", near="toute attaque"), "the warning")
    if s.cyber_conditional:
        assert not [t for t in b.told("002", kind="ASSAULT") if "nato" in t.act.recipients]


@records
def cyber_attack_can_trigger_article_5(s: Scenario, b: Outcome) -> None:
    found = b.told("000", kind="COERCE", cue="cyber", near="cyberattaques")
    for telling in some(found, "the cyber attack"):
        assert "article-5" in telling.act.cues
        assert ("hypothetical" in telling.act.aux) == s.cyber_conditional


@whole
def article_5_is_not_engaged(s: Scenario, b: Outcome) -> None:
    if not s.cyber_conditional:
        return
    status = b.mechanisms["article-5"]
    assert status.status == "not_engaged"
    _, cited = b.trace("article-5")
    assert {c.report for c in cited} & {"000", "002"}, "the reason shows what is only conditional"
