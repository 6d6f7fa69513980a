"""What tests of judgements share: a small crisis, and judging in one short line."""

from __future__ import annotations

from typing import Any

from foedus.ledger import Fact, Judgement, Ledger, judge, moment
from tests.ledger.builders import Coded, act, amount, coded, report

MEETING = "Les Alliés se réunissent. "
ASKS = coded(
    report("asks", "2022-02-25", outlet="gazette", text="La Pologne demande. " * 10),
    act("REQUEST", 0, actors="POL", cues="article-4"),
    act("AID", 40, actors="POL", recipients="UKR", instruments="drones",
        quantities=(amount(20, "drones"),)),
)  # fmt: skip
ASKS_TOO = coded(
    report("asks-too", "2022-02-25", outlet="echo", text="Quatre pays demandent. " * 10),
    act("REQUEST", 0, actors="EST POL", cues="article-4"),
)
GIVES = coded(
    report("gives", "2022-02-26", outlet="courrier", text="Des drones sont livrés. " * 10),
    act("AID", 0, actors="POL", recipients="UKR", instruments="drones",
        quantities=(amount(120, "drones"),)),
    act("MOBILIZE", 48, actors="nato", cues="response-force"),
)  # fmt: skip
GIVES_LATER = coded(
    report("gives-later", "2022-03-20", outlet="gazette", text="Encore des drones. " * 10),
    act("AID", 0, actors="POL", recipients="UKR", instruments="drones"),
)
CRISIS = [ASKS, ASKS_TOO, GIVES, GIVES_LATER]

ANA, BORIS = "Ana Analyst", "Boris Reader"


def by(person: str, day: str = "2022-03-01", why: str = "Vérifié.") -> dict[str, Any]:
    """Who, when and why, as :func:`foedus.ledger.judge` takes them."""
    return {"by": person, "at": moment(day), "why": why}


def fact_of(ledger: Ledger, told: Coded, number: int = 0) -> Fact:
    """The fact that holds the act of that number of a report."""
    return ledger.fact(act_id(told, number))


def act_id(told: Coded, number: int = 0) -> str:
    """The id of the act of that number of a report."""
    return told[1][number].id


def ana(
    ledger: Ledger, verb: Any, *targets: str, day: str = "2022-03-01", **more: Any
) -> Judgement:
    """Ana judges."""
    return judge(ledger, verb, targets, **by(ANA, day), **more)


def boris(
    ledger: Ledger, verb: Any, *targets: str, day: str = "2022-03-01", **more: Any
) -> Judgement:
    """Boris judges."""
    return judge(ledger, verb, targets, **by(BORIS, day), **more)


def states(ledger: Ledger) -> dict[str, str]:
    """What has become of each judgement, by its id."""
    return {j.judgement.id: j.state for j in ledger.judgements()}
