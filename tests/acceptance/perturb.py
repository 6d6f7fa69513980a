"""Perturbed copies of the five reports: other states, figures, days, polarities and speakers.

A copy is made by replacing a few words at a time, and the expected answers change with them. Every
replacement fits its place in gender, number and elision, so that the copy is still French. If a
finding held only because of a name or a number, it would not follow.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from tests.acceptance.outcome import spelled
from tests.acceptance.scenario import Published, Scenario

EVERYWHERE = "*"
Edit = tuple[str, str, str]
"""Report (or everywhere), words, other words."""


@dataclass(frozen=True)
class Change:
    """Words to replace, in order, and what becomes of the answers."""

    edits: tuple[Edit, ...]
    answers: Mapping[str, Any] = field(default_factory=dict)
    published: Mapping[str, Published | None] = field(default_factory=dict)


def substitute(text: str, old: str, new: str) -> tuple[str, int]:
    """Replace ``old`` whatever its apostrophes and spaces; return the text and how many were."""
    folded, wanted, parts, at, count = spelled(text), spelled(old), [], 0, 0
    while (found := folded.find(wanted, at)) >= 0:
        parts += [text[at:found], new]
        at, count = found + len(wanted), count + 1
    return "".join([*parts, text[at:]]), count


def perturb(
    texts: Mapping[str, str], name: str, changes: tuple[Change, ...]
) -> tuple[Scenario, dict[str, str]]:
    """Apply changes one after the other; return what to expect, and the copies.

    Raises:
        ValueError: words to replace do not occur: the copy would not be perturbed.
    """
    copies, expected = dict(texts), Scenario(name=name)
    for change in changes:
        for report, old, new in change.edits:
            places = sorted(copies) if report == EVERYWHERE else [report]
            counts = []
            for place in places:
                copies[place], count = substitute(copies[place], old, new)
                counts.append(count)
            if not any(counts):
                raise ValueError(f"{name}: {report} does not hold {old!r}")
        published = {**expected.published, **change.published}
        expected = replace(expected, published=published, **change.answers)
    return expected, copies


# --- speakers


def _chief(full: str, surname: str, nationality: str, slug: str) -> Change:
    return Change(
        (
            (EVERYWHERE, "Jens Stoltenberg", full),
            (EVERYWHERE, "Stoltenberg", surname),
            ("002", "Norvégien", nationality.capitalize()),
            ("001", "norvégien", nationality),
        ),
        {"chief": slug},
    )


def _president(full: str, surname: str, slug: str) -> Change:
    edits = ((EVERYWHERE, "Vladimir Poutine", full), (EVERYWHERE, "Poutine", surname))
    return Change(edits, {"president": slug})


def _spokesman(full: str, surname: str, slug: str) -> Change:
    edits = (
        ("003", "Dmitri Peskov", full),
        ("003", "Dmitry Peskov", full),
        ("003", "Peskov", surname),
    )
    return Change(edits, {"spokesman": slug})


def _minister(full: str, slug: str) -> Change:
    return Change((("004", "Sergueï Lavrov", full),), {"minister": slug})


def _block(outlet: str, slug: str) -> Change:
    return Change((("000", "The Epoch Times", outlet),), {"via_block": slug})


def _interview(words: str, slug: str) -> Change:
    return Change((("003", "interview à CNN", f"interview {words}"),), {"via_interview": slug})


def _newspaper(outlet: str, slug: str) -> Change:
    return Change((("004", "Wall Street Journal", outlet),), {"via_stocks": slug})


# --- states


def _askers(count: str, words: str, states: tuple[str, ...]) -> Change:
    return Change(
        (
            ("001", "Quatre Alliés", f"{count} Alliés"),
            ("001", "l'Estonie, la Lettonie, la Lituanie et la Pologne", words),
        ),
        {"askers": states},
    )


def _hosts(count: str, words: str, states: tuple[str, ...]) -> Change:
    return Change(
        (
            ("003", "quatre nouveaux", f"{count} nouveaux"),
            ("003", "en Bulgarie, en Hongrie, en Roumanie et en Slovaquie", words),
        ),
        {"hosts": states},
    )


def _proposer(words: str, state: str) -> Change:
    return Change((("003", "de la Pologne", words),), {"proposer": state})


def _stocks(own: str, state: str, shells: str, other: str, calibre: str) -> Change:
    return Change(
        (
            ("004", "de l’Allemagne", own),
            ("004", "stocks américains", f"stocks {shells}"),
            ("004", "155 mm", calibre),
        ),
        {"stocks_of": state, "shells_of": other, "calibre": calibre},
    )


ANOTHER_PARTNER = Change(
    (
        (EVERYWHERE, "Ukraine", "Autriche"),
        (EVERYWHERE, "Ukrainien", "Autrichien"),
        (EVERYWHERE, "ukrainien", "autrichien"),
        (EVERYWHERE, "Kiev", "Vienne"),
        (EVERYWHERE, "Zelensky", "Lindner"),
    ),
    {"partner": "AUT"},
)


# --- figures


def _figures(
    force: tuple[str, int],
    spearhead: tuple[str, int],
    share: tuple[str, int],
    nation: tuple[str, str, str],
    command: tuple[str, str],
) -> Change:
    """``nation``: inhabitants, state, English adjective; ``command``: adjective, state."""
    return Change(
        (
            ("002", "40’000 soldats", f"{force[0]} soldats"),
            ("002", "8000 militaires", f"{spearhead[0]} militaires"),
            ("002", "7000 Français", f"{share[0]} {nation[0]}"),
            ("002", "commandement français", f"commandement {command[0]}"),
        ),
        {
            "force": force[1],
            "spearhead": spearhead[1],
            "share": share[1],
            "share_state": nation[1],
            "share_word": nation[2],
            "air_command": command[1],
        },
    )


# --- days

A_DAY_LATER = Change(
    (("000", "26.2.2022", "27.2.2022"), ("000", "vendredi soir", "samedi soir")),
    {"activated": date(2022, 2, 26)},
    {"000": Published(date(2022, 2, 27), settled=True)},
)
SUMMIT_OF_MARCH = Change(
    # The same story told of the summit that met on Thursday 24 March. What 001 tells besides is
    # on record for February, so that its own day is left open.
    (
        ("001", "vendredi d'un sommet en visioconférence", "jeudi d'un sommet à Bruxelles"),
        ("002", "date 2022-02", "date 2022-03"),
        ("002", "se réunira vendredi", "se réunira jeudi"),
        ("002", "en visioconférence vendredi", "à Bruxelles jeudi"),
        ("002", "en visioconférence, vendredi", "à Bruxelles, jeudi"),
    ),
    {
        "first_summit": date(2022, 3, 24),
        "first_summit_words": "sommet à Bruxelles",
        "first_summit_in": ("002",),
    },
    {"001": None, "002": Published(date(2022, 3, 23), settled=True)},
)
UNKNOWN_THURSDAY = Change(
    # No summit by video met on a Thursday: nothing may settle the day, least of all a Friday.
    (("001", "vendredi", "jeudi"), ("002", "vendredi", "jeudi")),
    {"first_summit": date(2022, 2, 24), "first_summit_in": (), "first_summit_by_weekday": True},
    {"001": None, "002": None},
)
MADRID = Change(
    (
        ("003", "Bruxelles le 24 mars", "Madrid le 29 juin"),
        ("003", "presse à Bruxelles", "presse à Madrid"),
        ("003", "déclaré mercredi", "déclaré mardi"),
    ),
    {"second_summit": date(2022, 6, 29), "second_summit_place": "madrid"},
    {"003": Published(date(2022, 6, 28))},
)
MONDAY = Change(
    (("004", "déclaré mardi", "déclaré lundi"),),
    {"ministers_meet": date(2023, 2, 14), "unsettled": ()},
    {"004": Published(date(2023, 2, 13))},
)


# --- polarity

_TROOPS = {
    "001": (("001", "ne prévoit pas d'envoyer de troupes", "prévoit d'envoyer des troupes"),),
    "002": (
        ("002", "n’a pas de troupes", "a des troupes"),
        ("002", "n’a aucun plan et aucune intention", "a le plan et l’intention"),
    ),
    "003": (("003", "n’enverra pas de troupes", "enverra des troupes"),),
}
TROOPS_SENT = Change(
    tuple(edit for edits in _TROOPS.values() for edit in edits),
    {"troops_excluded": (), "troops_promised": ("001", "002", "003")},
)
TROOPS_SENT_AFTER_ALL = Change(
    _TROOPS["003"], {"troops_excluded": ("001", "002"), "troops_promised": ("003",)}
)
ZONE_ACCEPTED = Change(
    (
        ("003", "continuait d’exclure la perspective", "acceptait la perspective"),
        ("003", "n’allons pas imposer de zone", "allons imposer une zone"),
    ),
    {"zone_excluded": False},
)
A_PARTY = Change(
    (
        ("003", "ne fait pas partie du", "fait partie du"),
        ("004", "n’est pas partie au", "est partie au"),
        ("004", "n’est pas parti au", "est parti au"),
        ("004", "n’est pas une partie au", "est une partie au"),
    ),
    {"not_a_party": False},
)
FORCE_AT_REST = Change(
    (
        ("000", "réaction est activée", "réaction n’est pas activée"),
        ("000", "a également activé", "n’a pas activé"),
    ),
    {"force_activated": False},
)
PLANS_AT_REST = Change(
    (
        ("001", "active ses plans", "n’active pas ses plans"),
        ("002", "active ses plans", "n’active pas ses plans"),
        ("002", "a activé «ses plans", "n’a pas activé «ses plans"),
        ("002", "nous avons activé les plans", "nous n’avons pas activé les plans"),
    ),
    {"plans_activated": False},
)
CYBER_HAPPENED = Change(
    (("000", "peuvent également déclencher", "ont déjà déclenché"),),
    {"cyber_conditional": False},
)

POOL: dict[str, tuple[Change, ...]] = {
    "chief": (
        _chief("Sven Halvorsen", "Halvorsen", "suédois", "sven-halvorsen"),
        _chief("Mark Rutte", "Rutte", "néerlandais", "mark-rutte"),
        _chief("Anders Fogh Rasmussen", "Rasmussen", "danois", "anders-fogh-rasmussen"),
    ),
    "president": (
        _president("Boris Kalinine", "Kalinine", "boris-kalinine|boris-kalinin"),
        _president("Dmitri Medvedev", "Medvedev", "dmitry-medvedev|dmitri-medvedev"),
    ),
    "spokesman": (
        _spokesman("Igor Malinine", "Malinine", "igor-malinine|igor-malinin"),
        _spokesman("Vladimir Medinski", "Medinski", "vladimir-medinsky|vladimir-medinski"),
    ),
    "minister": (
        _minister("Viktor Samoïlov", "viktor-samoilov"),
        _minister("Igor Ivanov", "igor-ivanov"),
    ),
    "block": (
        _block("Le Figaro", "le-figaro|figaro"),
        _block("The Guardian", "the-guardian|guardian"),
        _block("The Harbour Gazette", "the-harbour-gazette|harbour-gazette"),
    ),
    "interview": (
        _interview("à Reuters", "reuters"),
        _interview("à la BBC", "bbc"),
        _interview("au Spiegel", "der-spiegel|spiegel"),
    ),
    "newspaper": (
        _newspaper("Washington Post", "washington-post|the-washington-post"),
        _newspaper("New York Times", "new-york-times|the-new-york-times"),
        _newspaper("Courrier de Valbourg", "courrier-de-valbourg|le-courrier-de-valbourg"),
    ),
    "askers": (
        _askers("Quatre", "l'Albanie, la Norvège, la Grèce et la Turquie",
                ("ALB", "NOR", "GRC", "TUR")),
        _askers("Trois", "l'Islande, la Croatie et le Danemark", ("ISL", "HRV", "DNK")),
        _askers("Cinq", "l'Italie, la Slovénie, la Hongrie, le Portugal et les Pays-Bas",
                ("ITA", "SVN", "HUN", "PRT", "NLD")),
    ),
    "hosts": (
        _hosts("quatre", "en Grèce, en Croatie, en Albanie et en Slovénie",
               ("GRC", "HRV", "ALB", "SVN")),
        _hosts("cinq", "au Portugal, au Danemark, en Norvège, en Turquie et aux Pays-Bas",
               ("PRT", "DNK", "NOR", "TUR", "NLD")),
        _hosts("trois", "en Islande, au Monténégro et en Lettonie", ("ISL", "MNE", "LVA")),
    ),
    "proposer": (
        _proposer("de l’Estonie", "EST"),
        _proposer("du Danemark", "DNK"),
        _proposer("de la Lettonie", "LVA"),
    ),
    "stocks": (
        _stocks("de la Belgique", "BEL", "britanniques", "GBR", "105 mm"),
        _stocks("du Danemark", "DNK", "canadiens", "CAN", "120 mm"),
        _stocks("de l’Italie", "ITA", "français", "FRA", "155 mm"),
    ),
    "figures": (
        _figures(("55’000", 55_000), ("6000", 6_000), ("5000", 5_000),
                 ("Allemands", "DEU", "german"), ("italien", "ITA")),
        _figures(("12.500", 12_500), ("9’500", 9_500), ("3200", 3_200),
                 ("Italiens", "ITA", "italian"), ("espagnol", "ESP")),
        _figures(("300\u00a0000", 300_000), ("20 000", 20_000), ("4’500", 4_500),
                 ("Espagnols", "ESP", "spanish"), ("turc", "TUR")),
    ),
    "troops": (TROOPS_SENT, TROOPS_SENT_AFTER_ALL),
    "zone": (ZONE_ACCEPTED,),
    "party": (A_PARTY,),
    "force": (FORCE_AT_REST, A_DAY_LATER),
    "plans": (PLANS_AT_REST,),
    "cyber": (CYBER_HAPPENED,),
    "summit": (SUMMIT_OF_MARCH, UNKNOWN_THURSDAY),
    "second": (MADRID,),
    "ministers": (MONDAY,),
}  # fmt: skip
"""For each thing that may change, the ways it may. Changes of different keys do not collide."""

VARIANTS: dict[str, tuple[Change, ...]] = {
    "other speakers": tuple(POOL[k][0] for k in ("chief", "president", "spokesman", "minister")),
    "other outlets": tuple(POOL[k][1] for k in ("block", "interview", "newspaper")),
    "unknown outlets": (POOL["block"][2], POOL["newspaper"][2], POOL["interview"][0]),
    "other states": tuple(POOL[k][0] for k in ("askers", "hosts", "proposer", "stocks")),
    "more and fewer states": (POOL["askers"][1], POOL["hosts"][1], POOL["proposer"][1]),
    "another partner": (ANOTHER_PARTNER,),
    "other figures": (POOL["figures"][0],),
    "figures otherwise written": (POOL["figures"][2],),
    "a day later": (A_DAY_LATER,),
    "another summit": (SUMMIT_OF_MARCH,),
    "a summit of no known day": (UNKNOWN_THURSDAY,),
    "Madrid and a Monday": (MADRID, MONDAY),
    "limits lifted": (TROOPS_SENT, ZONE_ACCEPTED, A_PARTY),
    "troops after all": (TROOPS_SENT_AFTER_ALL,),
    "nothing activated": (FORCE_AT_REST, PLANS_AT_REST),
    "a cyber attack happened": (CYBER_HAPPENED,),
}


def drawn(seed: int) -> tuple[Change, ...]:
    """Draw one change for most things that may change; the same seed draws the same."""
    dice = random.Random(seed)
    chosen = [key for key in POOL if dice.random() < 0.7]
    return tuple(dice.choice(POOL[key]) for key in chosen)
