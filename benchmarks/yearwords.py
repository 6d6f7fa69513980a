"""Who, what, where and which words the generated year is made of; all names but those of outlets are real.

Comes in: nothing. Goes out: lists, most frequent first, and :class:`Zipf`, which draws from them so.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import accumulate

STATES = [
    "RUS",
    "UKR",
    "USA",
    "DEU",
    "FRA",
    "GBR",
    "POL",
    "TUR",
    "ITA",
    "ESP",
    "CAN",
    "NLD",
    "ROU",
    "EST",
    "LVA",
    "LTU",
    "CZE",
    "SVK",
    "HUN",
    "BGR",
    "NOR",
    "DNK",
    "BEL",
    "GRC",
    "PRT",
    "SVN",
    "HRV",
    "ALB",
    "MNE",
    "MKD",
    "ISL",
    "LUX",
    "FIN",
    "SWE",
    "BLR",
    "CHN",
    "GEO",
    "MDA",
    "JPN",
    "AUS",
]
BODIES = ("nato", "eu", "un", "nato", "nato-council")
PERSONS = ("vladimir-putin", "jens-stoltenberg", "volodymyr-zelensky", "sergei-lavrov", "joe-biden",
            "emmanuel-macron", "olaf-scholz")  # fmt: skip
PLACES = [
    "kyiv",
    "kharkiv",
    "UKR",
    "brussels",
    "mariupol",
    "odesa",
    "donbas",
    "POL",
    "eastern-flank",
    "lviv",
    "crimea",
    "black-sea",
    "kherson",
    "baltic-sea",
    "belgorod",
    "ROU",
    "EST",
    "LVA",
    "LTU",
    "warsaw",
    "washington",
    "madrid",
    "versailles",
    "moscow",
    "minsk",
]
TOOLS = [
    "missiles",
    "troops",
    "tanks",
    "ships",
    "aircraft",
    "ammunition",
    "air-defence-systems",
    "drones",
    "artillery",
    "vehicles",
    "helicopters",
    "fuel",
    "training",
    "sanctions-package",
    "gas",
    "money",
    "medical-supplies",
]
NARROW = [
    "no-troops",
    "not-a-party",
    "no-fly-zone",
    "summit",
    "council",
    "article-4",
    "defence-ministers",
    "response-force",
    "domains",
    "article-5",
    "defence-plans",
    "peace-mission",
    "vjtf",
    "enlargement",
    "grain-deal",
    "prisoner-exchange",
    "plant-safety",
    "corridor",
    "pipeline",
    "referendum",
    "mobilisation",
    "energy-cap",
    "inspection",
    "ceasefire",
]
BROAD = [
    "partner-support",
    "sanctions",
    "forward-presence",
    "nuclear",
    "cyber",
    "training",
    "refugees",
    "stockpiles",
]
TYPES = [
    "ASSAULT",
    "CONSULT",
    "AID",
    "ACCUSE",
    "MOBILIZE",
    "REQUEST",
    "SUPPORT",
    "REJECT",
    "SANCTION",
    "THREATEN",
    "COOPERATE",
    "AGREE",
    "COERCE",
    "RETREAT",
    "PROTEST",
    "CONCEDE",
]
MODES = (
    "heavy-weapons",
    "troops",
    "phone",
    "meet",
    "multilateral",
    "visit",
    "violence",
    "economic",
)
OUTLETS = [f"outlet-{n:03}" for n in range(180)]
AGENCIES = ("afp", "reuters", "ap")


class Zipf:
    """Draws from a list, the first most often."""

    def __init__(self, chance: random.Random, items: Sequence[str], power: float = 1.0) -> None:
        self._chance, self._items = chance, items
        self._weights = list(accumulate(1 / (n + 1) ** power for n in range(len(items))))

    def one(self) -> str:
        return self._chance.choices(self._items, cum_weights=self._weights)[0]

    def some(self, most: int) -> tuple[str, ...]:
        count = min(self._chance.choices(range(1, most + 1), range(most, 0, -1))[0], most)
        return tuple(sorted({self.one() for _ in range(count)}))


def word(chance: random.Random) -> str:
    parts = chance.choices(
        [
            "ba",
            "de",
            "li",
            "mon",
            "ra",
            "to",
            "vu",
            "chel",
            "san",
            "pri",
            "ter",
            "ges",
            "ou",
            "en",
            "al",
            "is",
        ],
        k=3,
    )
    return "".join(parts)[: chance.randrange(2, 11)]
