"""The limits the alliance puts on itself, what the other side says of them, and what it gives."""

from __future__ import annotations

from datetime import date

from tests.acceptance.findings import records, some, whole
from tests.acceptance.outcome import Outcome
from tests.acceptance.scenario import Scenario

REFUSAL = "REJECT|MOBILIZE|COERCE"
PARTY = {"003": "partie du conflit", "004": "parti"}


@records
def no_troops_are_sent(s: Scenario, b: Outcome) -> None:
    for report in ("001", "002", "003"):
        found = b.told(report, kind="MOBILIZE|REJECT", place=s.partner, near="troupes")
        meant = [t for t in found if t.act.type == "REJECT" or "troops" in t.act.instruments]
        refused = [t for t in meant if t.act.type == "REJECT" or "negation" in t.act.aux]
        some(meant, f"troops to {s.partner} in {report}")
        if report in s.troops_excluded:
            assert refused, f"{report} says that none are sent"
            assert any("no-troops" in t.act.cues for t in refused)
        if report in s.troops_promised:
            assert not refused, f"{report} no longer refuses"


@whole
def no_troops_status_follows(s: Scenario, b: Outcome) -> None:
    status = b.mechanisms["no-troops"]
    if s.troops_promised:
        assert status.status != "ruled_out" or status.disputed, "a promise against a refusal"
        return
    assert status.status == "ruled_out"
    assert b.reports_of(status.facts) >= set(s.troops_excluded)


@records
def no_fly_zone_is_refused(s: Scenario, b: Outcome) -> None:
    found = b.told("003", kind=REFUSAL, cue="no-fly-zone", near="zone d’exclusion aérienne")
    refused = [t for t in found if t.act.type == "REJECT" or "negation" in t.act.aux]
    assert bool(refused) == s.zone_excluded
    if s.zone_excluded:
        some([t for t in refused if "nato" in t.act.actors], "the alliance refuses")


@whole
def no_fly_zone_has_its_reason(s: Scenario, b: Outcome) -> None:
    status = b.mechanisms["no-fly-zone"]
    if not s.zone_excluded:
        assert status.status != "ruled_out"
        return
    assert status.status == "ruled_out"
    reasons = [
        b.words("003", t.act.reason)
        for t in b.told("003", kind=REFUSAL, cue="no-fly-zone")
        if t.act.reason
    ]
    assert any("guerre" in words for words in reasons), f"the reason given: {reasons}"


@records
def alliance_says_it_is_no_party(s: Scenario, b: Outcome) -> None:
    for report, near in PARTY.items():
        denied = b.told(report, kind="REJECT", cue="not-a-party", near=near)
        assert bool(denied) == s.not_a_party, report


@whole
def no_party_status_follows(s: Scenario, b: Outcome) -> None:
    status = b.mechanisms["not-a-party"]
    if not s.not_a_party:
        assert status.status != "ruled_out"
        return
    assert status.status == "ruled_out"
    assert b.reports_of(status.facts) >= {"003", "004"}


@records
def other_side_says_the_opposite(s: Scenario, b: Outcome) -> None:
    found = b.told("004", kind="ACCUSE", recipient="nato", near="procuration")
    assert any(set(t.act.actors) & {*s.minister.split("|"), "RUS"} for t in some(found, "it"))
    some_said = b.said("004", "procuration", speaker=s.minister)
    assert some_said, "the minister's words are his"


@whole
def opposite_claim_stands_beside_the_limit(s: Scenario, b: Outcome) -> None:
    if not s.not_a_party:
        return
    facts, _ = b.trace("not-a-party")
    claims = {t.fact.id for t in b.told("004", kind="ACCUSE", recipient="nato")}
    assert claims & facts, "the counter-claim is not in the reason"
    assert b.mechanisms["not-a-party"].status == "ruled_out", "a claim engages nothing"


@records
def peace_mission_is_proposed(s: Scenario, b: Outcome) -> None:
    found = b.told("003", kind="REQUEST|AGREE", cue="peace-mission", near="proposition")
    assert {a for t in some(found, "the proposal") for a in t.act.actors} == {s.proposer}


@whole
def peace_mission_is_turned_down(s: Scenario, b: Outcome) -> None:
    if "003" not in s.troops_excluded:
        return
    proposals = {t.act.id for t in b.told("003", kind="REQUEST|AGREE", cue="peace-mission")}
    answers = [t for t in b.told("003") if t.act.answers in proposals]
    assert any(t.act.type == "REJECT" or "negation" in t.act.aux for t in answers)


@records
def support_is_listed(s: Scenario, b: Outcome) -> None:
    found = b.told("003", kind="AID", cue="partner-support", near="antichars")
    given = {i for t in some(found, "what is supplied") for i in t.act.instruments}
    listed = {"anti-tank-systems", "air-defence-systems", "drones", "fuel", "ammunition"}
    assert listed <= given, f"missing: {sorted(listed - given)}"
    assert given & {"money", "financial-aid"}, "the money"
    later = b.told("004", kind="AID", cue="partner-support", recipient=s.partner, near="dollars")
    sums = [a for t in some(later, "the support of 004") for a in t.act.quantities]
    assert any(a.unit == "USD" and a.value == 1e10 for a in sums), sums
    kinds = {i for t in later for i in t.act.instruments}
    assert {"training", "intelligence", "weapons"} <= kinds, kinds


@records
def refugees_are_hosted(s: Scenario, b: Outcome) -> None:
    found = some(b.told("003", kind="AID", cue="refugees", near="réfugiés"), "the refugees")
    assert any(a.value == 1_000_000 and a.at_least for t in found for a in t.act.quantities)


@records
def soldiers_are_trained(s: Scenario, b: Outcome) -> None:
    found = b.told("003", kind="AID", cue="training", recipient=s.partner, near="depuis 2014")
    trained = some(found, "the training")
    assert any(a.value == 10_000 for t in trained for a in t.act.quantities)
    since = [t.reading.date for t in trained if t.reading.date]
    assert any(d.start == date(2014, 1, 1) for d in since), since


@whole
def support_is_engaged(s: Scenario, b: Outcome) -> None:
    for name in ("partner-support", "training", "refugees"):
        assert b.mechanisms[name].status == "engaged", name
        assert b.mechanisms[name].citations, name
    assert b.reports_of(b.mechanisms["partner-support"].facts) >= {"003", "004"}


@records
def stocks_are_low(s: Scenario, b: Outcome) -> None:
    own = [q for q in b.amounts("004", "épuisés") if q.place == s.stocks_of]
    assert [q.level for q in own] == ["low"], own
    shells = [q for q in b.amounts("004", s.calibre) if q.place == s.shells_of]
    assert [q.level for q in shells] == ["low"], shells
    for quantity in own + shells:
        assert "stockpiles" in quantity.cues
    assert b.said("004", s.calibre, speaker=s.via_stocks) or any(
        set(q.via) & set(s.via_stocks.split("|")) for q in b.said("004", s.calibre)
    ), "by way of the newspaper"


@whole
def stockpiles_are_engaged(s: Scenario, b: Outcome) -> None:
    status = b.mechanisms["stockpiles"]
    assert status.status == "engaged"
    cited = [b.words("004", c.span) for c in status.citations if c.report == "004" and c.span]
    assert any("épuisés" in words for words in cited)
    assert any(s.calibre in words for words in cited)
    dated = [q for q in b.amounts("004", "épuisés") if q.when or q.date]
    assert dated, "since the end of a month"
