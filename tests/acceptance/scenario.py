"""What a set of reports says: the expected answers, as parameters.

The defaults are what the five reports say. A perturbed copy changes both its texts and these.
Where several spellings of a name are as good, they stand as ``"a|b"``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

REPORTS = ("000", "001", "002", "003", "004")


@dataclass(frozen=True)
class Published:
    """When a report may have appeared: it must allow ``holds``; ``settled``: nothing else."""

    holds: date
    settled: bool = False
    before: date | None = None


def _published() -> dict[str, Published | None]:
    return {
        "000": Published(date(2022, 2, 26), settled=True),
        "001": Published(date(2022, 2, 24), before=date(2022, 2, 25)),
        "002": Published(date(2022, 2, 24), settled=True),
        "003": Published(date(2022, 3, 23)),
        "004": Published(date(2022, 10, 11)),
    }


@dataclass(frozen=True)
class Scenario:
    """The answers that the findings expect."""

    name: str = "as received"

    # who speaks
    chief: str = "jens-stoltenberg"
    president: str = "vladimir-putin"
    spokesman: str = "dmitry-peskov|dmitri-peskov"
    minister: str = "sergei-lavrov|sergey-lavrov"
    via_block: str = "the-epoch-times|epoch-times"
    via_interview: str = "cnn"
    via_stocks: str = "wall-street-journal|the-wall-street-journal"

    # states
    partner: str = "UKR"
    askers: tuple[str, ...] = ("EST", "LVA", "LTU", "POL")
    hosts: tuple[str, ...] = ("BGR", "HUN", "ROU", "SVK")
    proposer: str = "POL"
    stocks_of: str = "DEU"
    shells_of: str = "USA"

    # figures
    calibre: str = "155 mm"
    force: int = 40_000
    spearhead: int = 8_000
    share: int = 7_000
    share_state: str = "FRA"
    share_word: str = "french"
    air_command: str = "FRA"

    # days
    published: Mapping[str, Published | None] = field(default_factory=_published)
    """None: nothing is expected of this report's day."""
    unsettled: tuple[str, ...] = ("004",)
    activated: date = date(2022, 2, 25)
    first_summit: date = date(2022, 2, 25)
    first_summit_words: str = "visioconférence"
    first_summit_in: tuple[str, ...] = ("001", "002")
    """The reports whose telling of it can be dated to the day."""
    first_summit_by_weekday: bool = False
    """Only its weekday is known."""
    second_summit: date = date(2022, 3, 24)
    second_summit_place: str = "brussels"
    ministers_meet: date = date(2022, 10, 12)

    # polarity: whether the reports say that it stands
    troops_excluded: tuple[str, ...] = ("001", "002", "003")
    zone_excluded: bool = True
    not_a_party: bool = True
    force_activated: bool = True
    plans_activated: bool = True
    cyber_conditional: bool = True

    # polarity flipped in one report against the others
    troops_promised: tuple[str, ...] = ()
