"""Who does it, and how it stands, in sentences that name the party elsewhere than before the verb."""

from __future__ import annotations

import pytest

from tests.coding.reading import Read

DONE_BY = [
    # what somebody says, by a pronoun: his own, and not the person's named before
    ("Joe Biden est arrivé. Washington a annoncé qu'il accueillerait 100 réfugiés.", "accueil", "USA"),
    ("Boris Pistorius est venu. Gazprom a annoncé qu'il réduirait ses livraisons de gaz.", "réduir", "gazprom"),
    ("Recep Tayyip Erdogan est venu. Le Luxembourg salue ce pas. Il enverra vingt soldats.", "enverra", "LUX"),
    # two deeds of one subject
    ("Vladimir Poutine avait décrété la mobilisation et menacé l'Occident.", "menacé", "vladimir-putin"),
    ("Ankara, qui accuse Stockholm d'abriter des militants et réclame leur extradition, s'y oppose.", "réclame", "TUR"),
    # whose plan, decision, forces or exercise it is
    ("La décision du Japon de fournir des véhicules militaires à l'Ukraine a surpris.", "fournir", "JPN"),
    ("Le projet russe de déploiement d'armes nucléaires au Bélarus inquiète.", "déploiement", "RUS"),
    ("L'envoi de troupes de l'Otan en Ukraine serait une erreur.", "envoi", "nato"),
    ("L'Otan n'est pas en guerre. Ses membres livrent des canons à l'Ukraine.", "livrent", "nato"),
    ("Début d'un important exercice militaire de l'Otan en Pologne.", "exercice", "nato"),
    ("L'ambassadrice a été informée de la décision de Moscou d'expulser cinq diplomates suédois.", "expulser", "RUS"),
    ("La décision du gouvernement allemand de livrer des chars à Kiev a été saluée.", "livrer", "DEU"),
    # forces told by their state, whoever sends them
    ("Il a rencontré des soldats américains positionnés sur le flanc est.", "positionnés", "USA"),
    ("500 soldats français seront déployés en Roumanie.", "déployés", "FRA"),
    # a seat's name, of another state; a sea that bears a state's name
    ("Le Congrès péruvien a approuvé une résolution sur l'entrée de troupes.", "approuvé", "PER"),
    ("La marine russe a commencé des exercices navals dans la mer du Japon.", "exercices", "RUS"),
    # collective names
    ("Les dirigeants alliés ont condamné la Russie.", "condamné", "nato"),
    ("Réunis en visioconférence, les dirigeants du G7 se sont engagés à aider Kiev.", "Réunis", "g7"),
    ("Washington et Berlin s'y sont opposés.", "opposés", "USA DEU"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "trigger", "actors"), DONE_BY)
def test_who_does_it(coded: Read, text: str, trigger: str, actors: str) -> None:
    assert coded(text).act(trigger=trigger).actors == tuple(actors.split())


def test_some_allies_are_not_the_alliance(coded: Read) -> None:
    assert coded("L'Otan hésite. Quatre alliés ont condamné la Russie.").act("ACCUSE").actors == ()


MEETINGS = [
    (
        "Joe Biden recevra jeudi la Première ministre suédoise, Magdalena Andersson, et le chef de "
        "l'Etat finlandais, Sauli Niinistö.",
        "joe-biden magdalena-andersson sauli-niinisto",
    ),
    ("Emmanuel Macron s'est entretenu avec son homologue ukrainien.", "emmanuel-macron volodymyr-zelensky"),
    ("Emmanuel Macron s'est entretenu avec son homologue, M. Jan Nowak.", "emmanuel-macron jan-nowak"),
    ("Jens Stoltenberg participe à une réunion du G7.", "jens-stoltenberg g7"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "actors"), MEETINGS)
def test_all_who_meet(coded: Read, text: str, actors: str) -> None:
    assert coded(text).act("CONSULT").actors == tuple(actors.split())


def test_a_meeting_told_again_for_its_place(coded: Read) -> None:
    found = coded("Joe Biden et Vladimir Poutine se verront. Ils se rencontreront en juin. "
                  "Joe Biden et Vladimir Poutine se rencontreront. La rencontre aura lieu à Genève.")  # fmt: skip
    last = max(found.acts, key=lambda act: act.trigger)
    assert (last.type, last.actors) == ("CONSULT", ("joe-biden", "vladimir-putin"))


SAID_BEFORE = [
    "L'Allemagne a promis 14 chars Leopard. Elle les livrera en mars.",
    "Berlin a promis quatre systèmes antiaériens. Les trois autres ne seront pas livrés avant 2023.",
    "Joe Biden a promis des chars Abrams qui, selon une source, devraient être livrés à l'Ukraine.",
    "L'Italie va reprendre le système de défense aérienne qu'elle avait prêté à la Slovaquie.",
]


@pytest.mark.parametrize("text", SAID_BEFORE)
def test_what_is_given_was_said_before(coded: Read, text: str) -> None:
    told = coded(text).told
    assert any(kind == "AID" and word.startswith(("livr", "prêté")) for kind, word in told), told


STANDS = [
    ("L'armée russe tirait des missiles sur Kiev.", "tirait", ()),
    ("Tirana assurait Pristina de son appui.", "assurait", ()),
    ("Volodymyr Zelensky a salué l'accord, avant d'accuser Moscou de mentir.", "accuser", ()),
    ("Volodymyr Zelensky est venu à Berlin pour réclamer des chars.", "réclamer", ()),
    ("Aucune frappe russe, assure Kiev, n'a été conduite mardi.", "frappe", ("negation",)),
    ("Attaquée en ligne, l'Albanie n'a pas invoqué l'article 5.", "invoqué", ("negation",)),
    ("Les ministres de l'UE vont tenir une réunion d'urgence.", "réunion", ("future",)),
    ("De nouvelles sanctions contre Moscou sont attendues.", "sanctions", ("future",)),
    ("Berlin enverra une brigade, a promis Olaf Scholz.", "promis", ()),
    ("Sergueï Lavrov n'exclut pas que Vladimir Poutine rencontre Joe Biden.", "rencontre", ("hypothetical",)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "trigger", "aux"), STANDS)
def test_how_it_stands(coded: Read, text: str, trigger: str, aux: tuple[str, ...]) -> None:
    assert coded(text).act(trigger=trigger).aux == aux


PASSED_ON = [
    ("Reuters a rapporté, citant un responsable américain, que Kiev a tenu.", "USA", ("reuters",)),
    ("Kiev a tenu, rapporte la BBC, citant le ministère britannique de la Défense.", "GBR", ("bbc",)),
    ("« Kiev a tenu », a dit Jens Stoltenberg à Reuters.", "jens-stoltenberg", ("reuters",)),
    ("Selon l'ONG Horizons-Test, la ville a tenu.", "horizons-test", ()),
    ("Selon un proche du président Emmanuel Macron, la ville a tenu.", "FRA", ()),
]  # fmt: skip


@pytest.mark.parametrize(("text", "speaker", "via"), PASSED_ON)
def test_by_way_of_whom(coded: Read, text: str, speaker: str, via: tuple[str, ...]) -> None:
    statement = coded(text).statement()
    assert (statement.speaker, statement.via) == (speaker, via)


def test_anothers_words_in_an_answer_come_by_way_of_who_answers(coded: Read) -> None:
    found = coded(
        "Jan Nowak, député, répond à nos questions. Le président Volodymyr Zelensky est attendu.\n\n"
        "Que dit Kiev ?\n\nKiev a déclaré que la ville tiendrait.\n\n"
        "Et Moscou ?\n\nRien de neuf pour nous.\n\nEt l'Otan ?\n\nElle attend encore."
    )  # fmt: skip
    inner = next(s for s in found.statements if s.form == "indirect")
    assert (inner.speaker, inner.via) == ("UKR", ("jan-nowak",))


@pytest.mark.parametrize(
    "text",
    [
        "Le chef de son armée a condamné la Russie.",
        "Un conseiller de son ministère a rencontré le ministre de son pays.",
        "Son homologue et le conseiller de son homologue ont salué son homologue polonais.",
    ],
)
def test_words_that_point_at_one_another_end(coded: Read, text: str) -> None:
    assert coded(text).records is not None
