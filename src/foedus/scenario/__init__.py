"""What can follow: who could be where by when, and how long stocks last, with honest uncertainty.

Comes in: a scenario as a file (:func:`read_scenario`): a first day, the alliance's state on it taken from a
ledger, assumptions each with range and reference, and what is asked for. Goes out: draws of what follows,
and from them bands, never one number. The same file and seed give the same bytes on any number
of workers. On public figures, for understanding.
"""

from foedus.scenario.assumptions import Assumption, Reference, Value
from foedus.scenario.draws import Draws
from foedus.scenario.file import Ask, Happened, Scenario, read_scenario
from foedus.scenario.model import (
    Arrival,
    Axis,
    Band,
    Bottleneck,
    Columns,
    Cost,
    Model,
    Part,
    Series,
    Stop,
    Text,
    Way,
    band,
    bands,
)
from foedus.scenario.out import write_json, write_parquet
from foedus.scenario.outcome import (
    Answered,
    Backtested,
    Compared,
    Comparison,
    Outcome,
    Standing,
    compare,
    make_answers,
    make_outcome,
)
from foedus.scenario.reading import Reading, Written
from foedus.scenario.runs import Engine, Results, run
from foedus.scenario.sensitivity import Influence

__all__ = [
    "Answered",
    "Arrival",
    "Ask",
    "Assumption",
    "Axis",
    "Backtested",
    "Band",
    "Bottleneck",
    "Columns",
    "Compared",
    "Comparison",
    "Cost",
    "Draws",
    "Engine",
    "Happened",
    "Influence",
    "Model",
    "Outcome",
    "Part",
    "Reading",
    "Reference",
    "Results",
    "Scenario",
    "Series",
    "Standing",
    "Stop",
    "Text",
    "Value",
    "Way",
    "Written",
    "band",
    "bands",
    "compare",
    "make_answers",
    "make_outcome",
    "read_scenario",
    "run",
    "write_json",
    "write_parquet",
]
