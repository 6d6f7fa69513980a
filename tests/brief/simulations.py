"""An outcome with something of everything, for tests of its page."""

from __future__ import annotations

from datetime import date

from foedus.alliance import MechanismStatus
from foedus.alliance.records import Reason, Trace
from foedus.scenario import (
    Answered,
    Arrival,
    Assumption,
    Band,
    Bottleneck,
    Cost,
    Happened,
    Influence,
    Outcome,
    Part,
    Reference,
    Series,
    Standing,
)
from foedus.scenario.outcome import Backtested

BAND = Band(low=3.0, mid=4.5, high=None, share=0.85)


def reference(text: str) -> Reference:
    return Reference(body=text, title=text, date=date(2022, 2, 1), note=text)


def outcome(text: str = "Text", days: int = 20) -> Outcome:
    """Return an outcome whose every wording is ``text``."""
    happened = Happened(ask=text, low=3.0, high=5.0, what=text, reference=reference(text))
    line = tuple(float(d) for d in range(days))
    return Outcome(
        name="walk", file="ab" * 32, title=text, about={"xx": text}, start=date(2022, 2, 25),
        days=days, draws=1200, seed=1,
        standing=Standing(
            ledger=text, alliance="nato", as_of=date(2022, 2, 25), known_by=None, begun_by=text,
            statuses=(
                MechanismStatus(
                    mechanism=text, status="engaged", stage=text, since=None, by=(), facts=(text,),
                    citations=(), as_of=date(2022, 2, 25), known_by=date(2022, 2, 25), sources=1,
                    trace=Trace.of(Reason(kind="rule", key="rule", values={"rule": text})),
                ),
            ),
        ),
        answers=(
            Answered(
                name=text, title=text, section="deployment", unit="day", band=BAND,
                edges=(2.0, 4.0, 9.0), counts=(300, 720), never=180,
                influences=(
                    Influence(assumption="a", correlation=-0.61),
                    Influence(assumption="faint", correlation=0.01, clear=False),
                ),
                backtest=(
                    Backtested(happened=happened, where="inside", below=0.3, within=0.2, above=0.5),
                    Backtested(happened=happened, where="overlap", below=0.3, within=0.2, above=0.5),
                ),
            ),
            Answered(
                name="count", title=text, section="sustainment", unit="shell", band=BAND,
                edges=(), counts=(), never=1200, influences=(),
            ),
        ),
        parts={
            "deployment": Part(
                series=(
                    Series(
                        id="p", kind="in_place", title=text, unit="person", days=tuple(range(days)),
                        low=line, mid=line, high=line, bound=(None, *line[1:]),
                    ),
                    Series(
                        id="s", kind="stock", title=text, unit=text, days=tuple(range(days)),
                        low=line, mid=line, high=line, floor=3.0, floor_day=BAND,
                    ),
                ),
                arrivals=(
                    Arrival(id=text, title=text, home=text, destination=text, persons=900,
                            band=BAND, bound=2.0),
                    Arrival(id="b", title=text, home=text, destination=text, persons=0,
                            band=Band(low=None, mid=None, high=None, share=0.0)),
                ),
                bottlenecks=(
                    Bottleneck(id=text, title=text, share=0.3, waited=BAND, gain=BAND, more=text),
                    Bottleneck(id="c", title=text, share=0.0, waited=BAND),
                ),
                costs=(Cost(donor=text, item=text, amount=20.0, unit="shell", days=BAND, fact=text),),
                notes=(text,),
            ),
        },
        assumptions=(
            Assumption(name="a", unit="load/day", low=1, likely=2, high=3, distribution="pert",
                       reference=reference(text), why=text),
            Assumption(name="b", unit=text, low=2, likely=2, high=2, distribution="fixed",
                       reference=None),
            Assumption(name="faint", unit="1", low=1, likely=2, high=4, distribution="lognormal",
                       reference=Reference(body=text, title=text, date=2013, checked=True)),
        ),
        inputs_until=date(2022, 2, 25), backtest_note=text, critique=(text,),
    )  # fmt: skip
