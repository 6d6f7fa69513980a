"""Roles: who does it, to whom, where, with what, for what reason, in answer to what."""

from __future__ import annotations

import pytest

from tests.coding.reading import Read


def test_who_and_to_whom(coded: Read) -> None:
    act = coded("La Slovénie a livré des chars à l'Ukraine.").act()
    assert (act.actors, act.recipients, act.places) == (("SVN",), ("UKR",), ())


def test_en_gives_a_place_and_no_recipient(coded: Read) -> None:
    act = coded("L'Espagne a déployé des avions en Bulgarie.").act()
    assert (act.recipients, act.places) == ((), ("BGR",))


def test_against_gives_a_recipient(coded: Read) -> None:
    act = coded("La Russie a lancé une offensive contre l'Ukraine.").act("ASSAULT")
    assert (act.actors, act.recipients) == (("RUS",), ("UKR",))


NOMINAL = [
    "l'invasion de l'Ukraine par la Russie",
    "l'invasion russe de l'Ukraine",
    "l'attaque de la Russie contre l'Ukraine",
    "l'attaque russe contre l'Ukraine",
    "l'agression de l'Ukraine par la Russie",
    "l'offensive lancée par la Russie contre l'Ukraine",
]


@pytest.mark.parametrize("noun", NOMINAL)
def test_roles_of_a_noun(coded: Read, noun: str) -> None:
    act = coded(f"Les marchés s'inquiètent depuis {noun}.").act("ASSAULT")
    assert (act.actors, act.recipients) == (("RUS",), ("UKR",))


def test_a_leading_participle_tells_what_befell_the_subject(coded: Read) -> None:
    act = coded("Attaquée par des mercenaires, l'Albanie a fermé ses serveurs.").act("ASSAULT")
    assert (act.actors, act.recipients) == ((), ("ALB",))


def test_people_counted_in_millions_are_no_money(coded: Read) -> None:
    act = coded("La Pologne a accueilli deux millions de réfugiés.").act("AID")
    assert act.instruments == ("refugees",)


PRONOUNS = [
    ("La Lettonie s'inquiète. Elle a déployé des troupes à la frontière.", ("LVA",)),
    ("Joe Biden a quitté Washington. Il a rencontré Emmanuel Macron.",
     ("joe-biden", "emmanuel-macron")),
    ("Les Pays-Bas et la Belgique hésitent. Ils ont envoyé des soldats en Roumanie.",
     ("NLD", "BEL")),
    ("La Norvège s'est jointe au Danemark, qui a déployé une frégate en mer Baltique.", ("DNK",)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "actors"), PRONOUNS)
def test_pronouns_reach_those_they_mean(coded: Read, text: str, actors: tuple[str, ...]) -> None:
    assert coded(text).acts[-1].actors == actors


def test_we_is_the_speakers_side(coded: Read) -> None:
    found = coded("« Nous avons déployé une brigade en Estonie », a déclaré Boris Johnson.")
    assert found.act("MOBILIZE").actors == ("GBR",)


def test_we_of_the_alliances_voice_is_the_alliance(coded: Read) -> None:
    found = coded("« Nous avons activé nos plans de défense », a déclaré Jens Stoltenberg.")
    assert found.act("MOBILIZE").actors == ("nato",)


def test_an_alliance_is_not_exploded_into_its_members(coded: Read) -> None:
    assert coded("Les alliés de l'Otan ont livré des obus à l'Ukraine.").act("AID").actors == (
        "nato",
    )


INSTRUMENTS = [
    ("des missiles antichars", "anti-tank-systems"),
    ("des systèmes de défense aérienne", "air-defence-systems"),
    ("des drones", "drones"),
    ("du carburant", "fuel"),
    ("des munitions", "ammunition"),
    ("des chars Leopard 2", "leopard-2"),
    ("cent millions d'euros", "money"),
    ("des canons Caesar", "caesar"),
    ("des obusiers", "artillery"),
]


@pytest.mark.parametrize(("thing", "slug"), INSTRUMENTS)
def test_what_is_given(coded: Read, thing: str, slug: str) -> None:
    assert slug in coded(f"La Norvège a fourni {thing} à l'Ukraine.").act("AID").instruments


CUES = [
    ("La Lituanie a demandé des consultations au titre de l'article 4.", "article-4"),
    ("L'Otan a activé ses plans de défense.", "defence-plans"),
    ("L'Otan a activé sa force de réaction.", "response-force"),
    ("L'Otan déploiera un groupement tactique en Bulgarie.", "forward-presence"),
    ("Le Conseil de l'Atlantique Nord s'est réuni.", "council"),
    ("L'Otan tiendra un sommet à Madrid.", "summit"),
    ("L'Otan exclut d'imposer une zone d'exclusion aérienne.", "no-fly-zone"),
    ("L'Otan n'enverra pas de troupes en Ukraine.", "no-troops"),
    ("L'Otan n'est pas partie au conflit.", "not-a-party"),
    ("L'Italie a livré des obus à l'Ukraine.", "partner-support"),
    ("Le Canada forme des soldats ukrainiens.", "training"),
    ("La Roumanie accueille des réfugiés ukrainiens.", "refugees"),
    ("L'Union européenne a adopté des sanctions contre la Russie.", "sanctions"),
]


@pytest.mark.parametrize(("text", "cue"), CUES)
def test_words_that_point_at_a_mechanism(coded: Read, text: str, cue: str) -> None:
    assert cue in coded(text).act().cues


def test_the_reason_given_is_kept(coded: Read) -> None:
    found = coded(
        "L'Otan exclut une zone d'exclusion aérienne car cela mènerait à une guerre ouverte."
    )
    assert found.words(found.act("REJECT").reason).startswith("car cela mènerait")


def test_a_refusal_answers_the_request_before_it(coded: Read) -> None:
    found = coded(
        "La Slovaquie a demandé à l'Otan des troupes en Ukraine. "
        "L'Otan refuse d'envoyer des troupes en Ukraine."
    )
    request, refusal = found.act("REQUEST"), found.act("REJECT")
    assert refusal.answers == request.id


def test_a_quantity_goes_with_its_act(coded: Read) -> None:
    act = coded("La France enverra 500 soldats en Roumanie.").act("MOBILIZE")
    assert [(q.value, q.unit) for q in act.quantities] == [(500.0, "person")]
