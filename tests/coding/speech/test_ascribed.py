"""Said without a clause: what somebody calls himself or a thing, one word, words around a saying."""

from __future__ import annotations

import pytest

from tests.coding.reading import Read

SAID = [
    ("Emmanuel Macron s'est dit favorable à un embargo.", "emmanuel-macron", "favorable à un embargo"),
    ("Olaf Scholz se dit prêt à livrer des chars.", "olaf-scholz", "prêt à livrer des chars"),
    ("L'Otan juge « absurde » la demande de Minsk.", "nato", "« absurde » la demande de Minsk"),
    (
        "Joe Biden a jugé « improbable » que l'engin vienne de l'est.",
        "joe-biden", "« improbable » que l'engin vienne de l'est",
    ),
    ("Le Kremlin promet de riposter.", "RUS", "riposter"),
    ("Kiev maintient que le tir est russe.", "UKR", "le tir est russe"),
    (
        "Le ministère français des Armées a confirmé jeudi l'envoi de renforts.",
        "FRA", "l'envoi de renforts",
    ),
    (
        "Les chaînes seront interdites, a indiqué de son côté Ursula von der Leyen.",
        "ursula-von-der-leyen", "Les chaînes seront interdites",
    ),
    (
        "La France enverra des renforts, a annoncé le chef d'état-major des armées, le général Paul Marchal.",
        "paul-marchal", "La France enverra des renforts",
    ),
    (
        "Joe Biden, qui a dit mardi « soutenir sans réserve » ce choix.",
        "joe-biden", "« soutenir sans réserve » ce choix",
    ),
]  # fmt: skip


POINTED = [
    (
        "Emmanuel Macron a estimé qu'il fallait tenir, avant d'ajouter que la paix viendrait.",
        "emmanuel-macron", "il fallait tenir",
    ),
    (
        "L'Alliance n'a pas l'intention d'envoyer de soldats, a répété samedi un responsable de l'Otan.",
        "nato", "L'Alliance n'a pas l'intention d'envoyer de soldats",
    ),
    (
        "Il faudra s'attendre à des coupures, nous a confié Olaf Scholz.",
        "olaf-scholz", "Il faudra s'attendre à des coupures",
    ),
    ("La paix viendra, comme l'a rappelé Emmanuel Macron.", "emmanuel-macron", "La paix viendra"),
    (
        "Les alliés vont doubler leurs effectifs : Jens Stoltenberg l'a annoncé hier.",
        "jens-stoltenberg", "Les alliés vont doubler leurs effectifs",
    ),
    (
        "Ben Wallace a prévenu les députés que la guerre durerait.",
        "ben-wallace", "la guerre durerait",
    ),
    (
        "« Rien n'est encore décidé », et Rishi Sunak d'ajouter que tout restait ouvert.",
        "rishi-sunak", "tout restait ouvert",
    ),
    ("Réaction du Kremlin : « C'est une provocation de plus. »", "RUS", "C'est une provocation de plus."),
    ("Côté ukrainien, on assure que le pont a tenu.", "UKR", "le pont a tenu"),
    (
        "Josep Borrell a mis en garde samedi : la guerre sera longue.",
        "josep-borrell", "la guerre sera longue",
    ),
    ("La guerre sera longue, a mis en garde Josep Borrell.", "josep-borrell", "La guerre sera longue"),
    (
        "Huit millions de personnes, selon l'ONU, ont fui.",
        "un", "Huit millions de personnes, selon l'ONU, ont fui",
    ),
    ("De l'aveu même d'Olaf Scholz, la guerre sera longue.", "olaf-scholz", "la guerre sera longue"),
    (
        "Olaf Scholz a estimé dimanche, dans un entretien, qu'il fallait tenir.",
        "olaf-scholz", "il fallait tenir",
    ),
    (
        "Emmanuel Macron, pour qui « la Russie ne peut pas gagner », a confirmé un envoi.",
        "emmanuel-macron", "la Russie ne peut pas gagner",
    ),
    (
        "Le maire du village assure avoir été prévenu.", None, "avoir été prévenu",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "who", "words"), [*SAID, *POINTED])
def test_who_says_what(coded: Read, text: str, who: str, words: str) -> None:
    assert (who, words) in coded(text).said


ENDS = [
    (
        "Jens Stoltenberg ajoute que « le choix appartient à Kiev », qui a attendu des mois.",
        "« le choix appartient à Kiev »",
    ),
    (
        "Jens Stoltenberg a dénoncé une « rhétorique dangereuse » après l'ordre donné par Moscou.",
        "une « rhétorique dangereuse »",
    ),
    (
        "Jens Stoltenberg a rappelé que l'accord de tous est requis et le chancelier Olaf Scholz a estimé "
        "que rien ne pressait.",
        "l'accord de tous est requis",
    ),
]


@pytest.mark.parametrize(("text", "words"), ENDS)
def test_where_what_is_said_ends(coded: Read, text: str, words: str) -> None:
    """What the writer adds behind it, and what another says, is not the speaker's."""
    assert ("jens-stoltenberg", words) in coded(text).said


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("La Maison-Blanche refuse de commenter.", id="silence"),
        pytest.param("Berlin maintient sa position.", id="no clause"),
        pytest.param("L'Ukraine n'a pas confirmé l'envoi de renforts.", id="not confirmed"),
    ],
)
def test_nothing_is_said(coded: Read, text: str) -> None:
    assert not coded(text).statements


def test_a_cry_after_a_comma_is_not_about_what_stands_before(coded: Read) -> None:
    said = coded("L'Europe expulse des diplomates, Moscou crie à la « mise en scène ».").said
    assert [words for _, words in said if words.startswith("L'Europe")] == []


QUESTIONS = """Pourquoi Ankara bloque l'adhésion

Jens Stoltenberg espérait un accord rapide.

Que reproche la Turquie aux deux pays ?

Ankara les accuse d'abriter des opposants armés.

Que dit Moscou ?

Le Kremlin avait menacé la Finlande, puis il a baissé d'un ton.

Et maintenant ?

Les alliés doivent se retrouver en juin."""


def test_a_papers_own_questions_make_no_interview(coded: Read) -> None:
    """Questions as headings, answered by the paper in its own voice: nobody named before answers."""
    assert "jens-stoltenberg" not in {s.speaker for s in coded(QUESTIONS).statements}


def test_who_is_quoted_in_an_answer_makes_no_interview(coded: Read) -> None:
    """« Nous » in quotation marks is somebody else's."""
    text = QUESTIONS.replace("opposants armés.", "opposants. « Nous attendons », dit-on à Ankara.")
    assert "jens-stoltenberg" not in {s.speaker for s in coded(text).statements}


def test_what_is_headed_as_an_interview_is_one(coded: Read) -> None:
    text = "ENTRETIEN. " + QUESTIONS.replace("Ankara les accuse", "Elle les accuse")
    assert "jens-stoltenberg" in {s.speaker for s in coded(text).statements}


def test_a_day_before_an_infinitive_is_that_of_the_decision(coded: Read) -> None:
    text = "Berlin a décidé samedi de fournir des missiles à l'Ukraine."
    (act,) = [a for a in coded(text).acts if a.type == "AID"]
    assert act.date is not None
    assert act.date.start.isoformat() == "2022-03-12"  # the report is of 14 March


MORE = [
    ("Un « crime de guerre », a dénoncé Emmanuel Macron, pour qui la paix s'éloigne.", "emmanuel-macron",
     "Un « crime de guerre »"),
    ("Les stocks s'épuisent, a reconnu Jens Stoltenberg, qui appelle à produire.", "jens-stoltenberg",
     "Les stocks s'épuisent"),
    ("Moscou avait fait état de douze morts dans ses rangs.", "RUS", "douze morts dans ses rangs"),
    ("Pour la chercheuse Nadia Robichaud, spécialiste de l'Otan, la guerre sera longue.", "nadia-robichaud",
     "la guerre sera longue"),
    ("Selon CNN, qui cite deux responsables, Washington étudierait un envoi.", None,
     "Washington étudierait un envoi"),
    ("Synthé : Volodymyr Zelensky, président de l'Ukraine\n\n« Rien n'est perdu. Nous tiendrons. »",
     "volodymyr-zelensky", "Rien n'est perdu. Nous tiendrons."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "who", "words"), MORE)
def test_what_goes_on_tells_of_who_speaks(
    coded: Read, text: str, who: str | None, words: str
) -> None:
    assert (who, words) in coded(text).said


@pytest.mark.parametrize(
    "text",
    [
        "Les Trente ont invité la Suède à rejoindre l'alliance.",
        "Encore faut-il trouver les obus.",
    ],
)
def test_a_deed_is_no_saying(coded: Read, text: str) -> None:
    assert not coded(text).statements


def test_marks_with_nothing_in_them_are_nothing_said(coded: Read) -> None:
    assert not coded("a déclaré « ,").statements


def test_one_of_a_group_of_states_speaks_for_nobody(coded: Read) -> None:
    assert coded("« Il est temps », glisse un diplomate balte.").statements[0].speaker is None


def test_a_name_with_a_full_stop_answers(coded: Read) -> None:
    text = (
        "ENTRETIEN. Nadia Robichaud a servi à Kiev. Elle revient sur la visite de Volodymyr Zelensky.\n\n"
        "Est-ce un tournant ?\n\nNadia Robichaud. Peut-être. Il faudra des mois.\n\n"
        "Et après ?\n\nPersonne ne le sait.\n\nEt demain ?\n\nOn verra."
    )
    assert {s.speaker for s in coded(text).statements if s.form == "direct"} == {"nadia-robichaud"}


def test_what_is_delivered_past_a_place(coded: Read) -> None:
    """The parser makes « obus » the country's: what is delivered stands behind it."""
    acts = coded("La livraison à l'Ukraine d'obus par Séoul a commencé.").acts
    assert [(a.type, a.actors, a.recipients) for a in acts] == [("AID", ("KOR",), ("UKR",))]
