"""Acts: PLOVER's sixteen types and the codebook's decisions, on invented sentences."""

from __future__ import annotations

import pytest

from foedus.acts import EVENT_TYPES
from tests.coding.reading import Read

TYPES = [
    ("AGREE", "La Pologne a promis de livrer des chars à l'Ukraine.", ["POL"]),
    ("AGREE", "Varsovie s'est engagée à accueillir une brigade de l'Otan.", ["POL"]),
    ("CONSULT", "Le Conseil de l'Atlantique Nord s'est réuni jeudi.", ["north-atlantic-council"]),
    ("CONSULT", "Emmanuel Macron a rencontré Olaf Scholz à Berlin.",
     ["emmanuel-macron", "olaf-scholz"]),
    ("CONSULT", "Emmanuel Macron a téléphoné à Volodymyr Zelensky.",
     ["emmanuel-macron", "volodymyr-zelensky"]),
    ("CONSULT", "Le président français s'est rendu à Kiev.", ["emmanuel-macron"]),
    ("CONSULT", "Les pourparlers entre Kiev et Moscou ont repris.", ["UKR", "RUS"]),
    ("SUPPORT", "L'Otan a réaffirmé sa solidarité avec l'Ukraine.", ["nato"]),
    ("SUPPORT", "Le parlement hongrois a ratifié l'adhésion de la Finlande.", ["HUN"]),
    ("CONCEDE", "La Turquie a levé son veto à l'adhésion de la Suède.", ["TUR"]),
    ("COOPERATE", "La France et l'Italie ont mené un exercice conjoint.", ["FRA", "ITA"]),
    ("COOPERATE", "La Grèce a acheté vingt-quatre avions Rafale.", ["GRC"]),
    ("AID", "La Suède a fourni 5 000 armes antichars à Kiev.", ["SWE"]),
    ("AID", "Le Canada forme des soldats ukrainiens en Pologne.", ["CAN"]),
    ("AID", "La Moldavie a accueilli 300 000 réfugiés ukrainiens.", ["MDA"]),
    ("RETREAT", "La Russie a retiré ses troupes de Kherson.", ["RUS"]),
    ("RETREAT", "La Russie a libéré deux cents prisonniers ukrainiens.", ["RUS"]),
    ("RETREAT", "Un cessez-le-feu est entré en vigueur à Marioupol.", []),
    ("REQUEST", "La Lettonie a demandé des consultations au titre de l'article 4.", ["LVA"]),
    ("REQUEST", "Kiev réclame des armes lourdes à Berlin.", ["UKR"]),
    ("ACCUSE", "Moscou accuse l'Otan de mener une guerre par procuration.", ["RUS"]),
    ("ACCUSE", "L'Union européenne a condamné le référendum.", ["eu"]),
    ("REJECT", "La Hongrie a refusé de laisser transiter des armes.", ["HUN"]),
    ("REJECT", "L'Alliance n'est pas partie au conflit.", ["nato"]),
    ("THREATEN", "La Russie menace de frapper les convois d'armes.", ["RUS"]),
    ("PROTEST", "Des milliers de personnes ont manifesté à Vilnius contre la guerre.", []),
    ("SANCTION", "L'Union européenne a adopté des sanctions contre des oligarques.", ["eu"]),
    ("SANCTION", "Le Danemark a expulsé quinze diplomates russes.", ["DNK"]),
    ("SANCTION", "La Bulgarie a rompu ses relations diplomatiques avec la Russie.", ["BGR"]),
    ("COERCE", "Les soldats russes se sont emparés de la centrale.", ["RUS"]),
    ("ACCUSE", "Le gouvernement albanais a mis en cause l'Iran.", ["ALB"]),
    ("SANCTION", "Le Portugal a gelé les avoirs de la banque centrale russe.", ["PRT"]),
    ("MOBILIZE", "L'Otan a activé ses plans de défense.", ["nato"]),
    ("MOBILIZE", "Le Danemark déploie une frégate en mer Baltique.", ["DNK"]),
    ("MOBILIZE", "La Belgique a mobilisé ses réservistes.", ["BEL"]),
    ("COERCE", "La Russie a annexé la région de Kherson.", ["RUS"]),
    ("COERCE", "La Russie a coupé le gaz à la Bulgarie.", ["RUS"]),
    ("COERCE", "La police russe a arrêté des centaines de manifestants.", ["RUS"]),
    ("ASSAULT", "La Russie a envahi l'Ukraine.", ["RUS"]),
    ("ASSAULT", "Des missiles russes ont frappé un dépôt à Odessa.", ["RUS"]),
    ("ASSAULT", "L'armée ukrainienne a détruit un pont à Kherson.", ["UKR"]),
]  # fmt: skip


def test_every_type_has_an_example() -> None:
    assert {kind for kind, _, _ in TYPES} == set(EVENT_TYPES)


@pytest.mark.parametrize(("kind", "text", "actors"), TYPES, ids=[t for _, t, _ in TYPES])
def test_a_type_by_its_wording(coded: Read, kind: str, text: str, actors: list[str]) -> None:
    found = coded(text)
    assert [a.type for a in found.acts] == [kind], found.told
    assert sorted(found.act().actors) == sorted(actors)


MODES = [
    ("L'Otan tiendra un sommet par visioconférence.", "CONSULT", "phone"),
    ("Emmanuel Macron a rencontré Olaf Scholz.", "CONSULT", "visit"),
    ("La Lettonie a demandé des consultations.", "REQUEST", "meet"),
    ("Kiev réclame des armes lourdes.", "REQUEST", "assist"),
    ("Paris condamne les frappes de l'armée russe.", "ACCUSE", "disapprove"),
    ("Le Danemark a expulsé quinze diplomates russes.", "SANCTION", "expel"),
    ("La France enverra 500 soldats en Roumanie.", "MOBILIZE", "troops"),
    ("La Russie a retiré ses troupes de Kherson.", "RETREAT", "withdraw"),
    ("La Russie a annexé la région de Kherson.", "COERCE", "seize"),
    ("Une cyberattaque a visé le parlement estonien.", "COERCE", "cyber"),
    ("L'armée ukrainienne a détruit un pont.", "ASSAULT", "destroy"),
]


@pytest.mark.parametrize(("text", "kind", "mode"), MODES)
def test_plovers_modes(coded: Read, text: str, kind: str, mode: str) -> None:
    assert coded(text).act(kind).mode == mode


SAME_DEED = [
    "La Pologne a livré des chars à l'Ukraine.",
    "Des chars ont été livrés à l'Ukraine par la Pologne.",
    "La livraison de chars à l'Ukraine par la Pologne a commencé.",
    "La livraison par la Pologne de chars à l'Ukraine a commencé.",
    "La livraison polonaise de chars à l'Ukraine a commencé.",
    "La Pologne, qui a livré des chars à l'Ukraine, ferme sa frontière.",
    "La Pologne a commencé à livrer des chars à l'Ukraine.",
    "La Pologne continue de livrer des chars à l'Ukraine.",
    "La Pologne, voisine de l'Ukraine, a livré des chars à Kiev.",
    "Varsovie a livré des chars aux forces ukrainiennes.",
    "Ayant livré des chars à l'Ukraine, la Pologne attend son tour.",
]


@pytest.mark.parametrize("text", SAME_DEED)
def test_one_deed_in_many_constructions(coded: Read, text: str) -> None:
    """Passives, nominalisations, relatives, raising, apposition, capitals, adjectives."""
    act = coded(text).act("AID")
    assert (act.actors, act.recipients, act.aux) == (("POL",), ("UKR",), ())
    assert "tanks" in act.instruments


CONTROL = [
    ("La France a pris la décision de déployer des troupes en Roumanie.", "FRA", ("future",)),
    ("La France a ordonné le déploiement de troupes en Roumanie.", "FRA", ()),
    ("La France n'a pas l'intention de déployer des troupes en Roumanie.", "FRA",
     ("future", "negation")),
    ("La France a procédé au déploiement de troupes en Roumanie.", "FRA", ()),
    ("La France a permis à l'Italie de déployer des troupes en Roumanie.", "ITA", ()),
    ("La France semble déployer des troupes en Roumanie.", "FRA", ("hypothetical",)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "actor", "aux"), CONTROL)
def test_who_does_what_another_verb_or_noun_carries(
    coded: Read, text: str, actor: str, aux: tuple[str, ...]
) -> None:
    """Control, raising and light verbs: the deed is the infinitive's or the noun's."""
    act = coded(text).act("MOBILIZE")
    assert (act.actors, act.aux, act.places) == ((actor,), aux, ("ROU",))


def test_members_of_a_list_of_places_come_one_by_one(coded: Read) -> None:
    act = coded(
        "Quatre groupements tactiques seront déployés en Bulgarie, en Hongrie, en Roumanie "
        "et en Slovaquie."
    ).act("MOBILIZE")
    assert act.places == ("BGR", "HUN", "ROU", "SVK")


def test_members_of_a_list_of_actors_come_one_by_one(coded: Read) -> None:
    act = coded("L'Estonie, la Lettonie et la Lituanie ont livré des obus à l'Ukraine.").act("AID")
    assert act.actors == ("EST", "LVA", "LTU")


def test_a_list_after_a_colon_names_those_announced(coded: Read) -> None:
    act = coded(
        "Trois pays ont livré des armes à l'Ukraine : la Norvège, la Suède et le Danemark."
    ).act("AID")
    assert sorted(act.actors) == ["DNK", "NOR", "SWE"]


def test_a_list_of_things_given_keeps_all(coded: Read) -> None:
    act = coded("Le Canada a livré à l'Ukraine des drones, du carburant et des obus.").act("AID")
    assert {"drones", "fuel", "ammunition"} <= set(act.instruments)


def test_an_apposition_is_no_second_actor(coded: Read) -> None:
    act = coded("La Norvège, membre de l'Otan, a livré des obus à l'Ukraine.").act("AID")
    assert act.actors == ("NOR",)


# -- the codebook's decisions ---------------------------------------------------------------


def test_decision_1_what_is_promised_is_no_second_act(coded: Read) -> None:
    found = coded("La Suède a promis d'envoyer des obusiers à l'Ukraine.")
    assert found.told == [("AGREE", "promis")]
    assert found.statement().speaker == "SWE"


def test_decision_1_a_bare_noun_phrase_is_the_act_only(coded: Read) -> None:
    found = coded("L'Union européenne a condamné l'invasion de l'Ukraine.")
    assert found.statements == []
    assert ("ACCUSE", "condamné") in found.told


def test_decision_1_an_accusation_is_an_act_and_a_statement(coded: Read) -> None:
    found = coded("Kiev accuse Moscou de préparer un assaut.")
    assert found.act("ACCUSE").recipients == ("RUS",)
    assert found.statement().speaker == "UKR"


def test_decision_1_what_is_denied_is_no_second_act(coded: Read) -> None:
    found = coded("La Pologne a nié avoir livré des avions à l'Ukraine.")
    assert found.told == [("REJECT", "nié")]


def test_decision_2_a_pointer_back_is_no_act(coded: Read) -> None:
    found = coded("Ce refus a déçu les habitants, et cette guerre les épuise.")
    assert found.acts == []


def test_decision_2_each_clause_that_tells_is_a_record(coded: Read) -> None:
    found = coded("La Russie a envahi l'Ukraine. L'invasion de l'Ukraine a surpris les marchés.")
    assert [kind for kind, _ in found.told] == ["ASSAULT", "ASSAULT"]


EDGE = [
    ("La Suède a été invitée par l'Otan à engager son adhésion.", "AGREE"),
    ("Le parlement a ratifié le traité d'adhésion de la Suède.", "SUPPORT"),
    ("La Turquie a levé son veto.", "CONCEDE"),
    ("L'Allemagne a quitté le traité.", "SANCTION"),
    ("La Lituanie a acheté des obusiers.", "COOPERATE"),
    ("L'Espagne a placé son armée en état d'alerte.", "MOBILIZE"),
    ("L'armée ukrainienne a abattu un avion russe.", "ASSAULT"),
    ("Le Japon a reproché à la Russie de bloquer les ports.", "ACCUSE"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind"), EDGE)
def test_decision_4_types_at_the_edge(coded: Read, text: str, kind: str) -> None:
    assert kind in [a.type for a in coded(text).acts]


def test_decision_4_refilling_stocks_is_aid(coded: Read) -> None:
    act = coded("Les États-Unis ont reconstitué les stocks de la Slovaquie.").act("AID")
    assert "stockpiles" in act.cues


WHO = [
    ("Des officiers polonais ont livré des chars à l'Ukraine.", ["POL"]),
    ("L'armée polonaise a livré des chars à l'Ukraine.", ["POL"]),
    ("Varsovie a livré des chars à l'Ukraine.", ["POL"]),
    ("Les Polonais ont livré des chars à l'Ukraine.", ["POL"]),
    ("Les Occidentaux ont livré des chars à l'Ukraine.", ["west"]),
    ("On a livré des chars à l'Ukraine.", []),
]


@pytest.mark.parametrize(("text", "actors"), WHO)
def test_decision_5_who_acts(coded: Read, text: str, actors: list[str]) -> None:
    acts = coded(text).acts
    assert [list(a.actors) for a in acts] == ([actors] if actors else [])


WHERE = [
    ("La Russie a bombardé Marioupol.", ("mariupol",), "places"),
    ("Le Danemark a déployé une frégate en mer Noire.", ("black-sea",), "places"),
    ("La France a déployé des troupes en Roumanie.", ("ROU",), "places"),
    ("Emmanuel Macron a rencontré Olaf Scholz à Berlin.", ("berlin",), "places"),
]


@pytest.mark.parametrize(("text", "where", "field"), WHERE)
def test_decision_6_where(coded: Read, text: str, where: tuple[str, ...], field: str) -> None:
    assert getattr(coded(text).act(), field) == where


def test_decision_8_a_summit_of_others_is_not_the_alliances(coded: Read) -> None:
    own = coded("L'Otan tiendra un sommet à Madrid.").act("CONSULT")
    other = coded("Le G7 tiendra un sommet en Bavière.").act("CONSULT")
    assert "summit" in own.cues
    assert "summit" not in other.cues


def test_decision_9_furniture_yields_nothing(coded: Read) -> None:
    text = (
        "L'Otan a activé ses plans de défense.\n\n"
        "Le Conseil s'est réuni jeudi matin à Bruxelles pour en décider.\n\n"
        "Partager cet article\n\nLire aussi : La Russie a envahi l'Ukraine\n"
    )
    assert "ASSAULT" not in [a.type for a in coded(text).acts]


def test_decision_11_an_if_with_a_named_actor_is_hypothetical(coded: Read) -> None:
    found = coded("Si la Biélorussie attaque la Pologne, tout changera.")
    assert found.act("ASSAULT").aux == ("hypothetical",)


def test_decision_11_will_not_impose_is_a_refusal(coded: Read) -> None:
    found = coded("« Nous n'allons pas imposer de zone d'exclusion aérienne », a dit Joe Biden.")
    assert "REJECT" in [a.type for a in found.acts]


def test_decision_11_a_request_is_put_to_the_one_asked(coded: Read) -> None:
    act = coded("Le Japon a demandé à la Russie de partir.").act("REQUEST")
    assert (act.actors, act.recipients) == (("JPN",), ("RUS",))


def test_an_act_that_is_said_is_attributed_to_its_speaker(coded: Read) -> None:
    found = coded("« La Pologne a livré des chars à l'Ukraine », a déclaré Olaf Scholz.")
    act = found.act("AID")
    assert act.attributed_to == "olaf-scholz"
    assert act.statement == found.statement().id


def test_an_act_names_the_line_of_wording_that_found_it(coded: Read) -> None:
    rule = coded("La Pologne a livré des chars à l'Ukraine.").act().rule or ""
    assert rule.startswith("aid.yaml:")
    assert rule.endswith(" give")


@pytest.mark.parametrize(
    "text",
    [
        "Moscou dément avoir frappé l'hôpital de Marioupol.",
        "Le ministère russe de la Défense dément avoir visé des civils.",
    ],
)
def test_a_denied_deed_is_a_denial_and_no_deed(coded: Read, text: str) -> None:
    """The tagger takes « dément » for an adverb; the strike would come out as done."""
    found = coded(text)
    assert [act.type for act in found.acts] == ["REJECT"]
    assert found.acts[0].actors == ("RUS",)
    assert [statement.speaker for statement in found.statements] == ["RUS"]


def test_sent_to_somebody_is_aid_and_to_a_place_a_deployment(coded: Read) -> None:
    aid = coded("La Suède a envoyé des obusiers à l'Ukraine.")
    posted = coded("La France a envoyé des chars en Roumanie.")
    unsaid = coded("La Grèce a promis des canons. L'Italie a envoyé des missiles.")
    assert [a.type for a in aid.acts] == ["AID"]
    assert [(a.type, a.places) for a in posted.acts] == [("MOBILIZE", ("ROU",))]
    assert [a.type for a in unsaid.acts] == ["AGREE", "AID"]
