"""What a sentence names: examples that an expert can read."""

from __future__ import annotations

import random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from foedus.world import Mention, World, load_world

Found = tuple[str, tuple[str, ...], str]


def found(world: World, text: str, language: str = "fr") -> list[Found]:
    return [(text[m.span[0] : m.span[1]], m.entities, m.form) for m in world.find(text, language)]


def only(world: World, text: str, language: str = "fr") -> Mention:
    mentions = world.find(text, language)
    assert len(mentions) == 1, mentions
    return mentions[0]


@pytest.mark.parametrize(
    ("text", "word", "entity", "form"),
    [
        ("Le convoi a quitté l’Ukraine.", "Ukraine", "UKR", "name"),
        ("Une délégation d'Estonie est venue.", "Estonie", "EST", "name"),
        ("Des avions russes ont décollé.", "russes", "RUS", "demonym"),
        ("Les Lettons ont voté.", "Lettons", "LVA", "inhabitant"),
        ("Varsovie a protesté.", "Varsovie", "POL", "capital"),
        ("La Maison-Blanche se tait.", "Maison-Blanche", "USA", "metonym"),
        ("Etats-Unis : le vote approche.", "Etats-Unis", "USA", "name"),
        ("LES ETATS-UNIS VOTENT.", "ETATS-UNIS", "USA", "name"),
        ("La Corée\ndu Nord a tiré.", "Corée\ndu Nord", "PRK", "name"),
        ("La Grande-Bretagne suit.", "Grande-Bretagne", "GBR", "name"),
        ("Les diplomates de l'Otan siègent.", "Otan", "nato", "name"),
        ("Le Conseil de l'Atlantique nord siège.", "Conseil de l'Atlantique nord",
         "north-atlantic-council", "name"),
        ("Les Occidentaux hésitent.", "Occidentaux", "west", "name"),
        ("Serguei Lavrov est attendu.", "Serguei Lavrov", "sergei-lavrov", "name"),
        ("POUTINE s'exprimera.", "POUTINE", "vladimir-putin", "surname"),
        ("Selon le New York Times, rien.", "New York Times", "new-york-times", "name"),
        ("Un port de la mer Noire.", "mer Noire", "black-sea", "name"),
        ("La ville de Krementchouk.", "Krementchouk", "kremenchuk", "name"),
        ("Dans l'est de la Slovaquie, rien.", "est de la Slovaquie", "eastern-slovakia", "name"),
        ("Le flanc oriental reste calme.", "flanc oriental", "eastern-flank", "name"),
    ],
)  # fmt: skip
def test_one_name(world: World, text: str, word: str, entity: str, form: str) -> None:
    assert found(world, text) == [(word, (entity,), form)]


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("secrétaire général de l’OTAN", "secretary-general-of-nato"),
        ("Secrétaire Général de l'Otan", "secretary-general-of-nato"),
        ("chef de l'Alliance", "secretary-general-of-nato"),
        ("patron de l'Otan", "secretary-general-of-nato"),
        ("secrétaire général adjoint de l'OTAN", "deputy-secretary-general-of-nato"),
        ("secrétaire général de l'ONU", "secretary-general-of-un"),
        ("commandant suprême des forces alliées en Europe", "saceur"),
        ("président russe", "president-of-russia"),
        ("président de la Russie", "president-of-russia"),
        ("chef de l'État russe", "president-of-russia"),
        ("maître du Kremlin", "president-of-russia"),
        ("porte-parole du Kremlin", "kremlin-spokesperson"),
        ("secrétaire de presse du président russe", "kremlin-spokesperson"),
        ("hôte de la Maison-Blanche", "president-of-united-states"),
        ("chancelier allemand", "chancellor-of-germany"),
        ("chef du gouvernement allemand", "chancellor-of-germany"),
        ("Première ministre finlandaise", "prime-minister-of-finland"),
        ("premier ministre des Pays-Bas", "prime-minister-of-netherlands"),
        ("chef de la diplomatie hongroise", "foreign-minister-of-hungary"),
        ("chef de la diplomatie européenne", "eu-high-representative"),
        ("chef de la diplomatie américaine", "secretary-of-state-of-united-states"),
        ("ministre russe des Affaires étrangères", "foreign-minister-of-russia"),
        ("ministre des Affaires étrangères de la Lettonie", "foreign-minister-of-latvia"),
        ("ministre norvégienne de la Défense", "defence-minister-of-norway"),
        ("ministre de la Défense du Canada", "defence-minister-of-canada"),
        ("secrétaire américain à la Défense", "defence-secretary-of-united-states"),
        ("roi de Suède", "monarch-of-sweden"),
        ("président kirghize", "president-of-kyrgyzstan"),
    ],
)
def test_office(world: World, text: str, office: str) -> None:
    mention = only(world, f"Ce jour-là, le {text} a parlé.")
    assert (mention.entities, mention.form, mention.kind) == ((office,), "office", "office")
    assert mention.span == (15, 15 + len(text))


def test_adjective_that_two_states_share_leaves_both_offices(world: World) -> None:
    assert only(world, "Le président congolais arrive.").entities == (
        "president-of-democratic-republic-of-the-congo",
        "president-of-republic-of-the-congo",
    )


@pytest.mark.parametrize(
    "text",
    [
        "La prusse et les Prussiens.",
        "Il est est parti, belgeries et polonaiserie.",
        "Les séparatistes pro-russes défilent.",
        "Une manifestation anti-Otan.",
        "Le monde attend une libération.",
        "Réunion d'urgence ce matin.",
        "La réunion a duré.",
        "Ils ont pris la grenade et mangé du chili.",
        "L'état des stocks est mauvais.",
        "Le président de la fédération sportive.",
        "Le porte-parole de la mairie.",
    ],
)
def test_nothing_is_named(world: World, text: str) -> None:
    assert found(world, text) == []


def test_bare_title_is_every_office_with_that_head(world: World) -> None:
    mention = only(world, "Le secrétaire général a répondu.")
    assert mention.form == "title"
    assert {"secretary-general-of-nato", "secretary-general-of-un"} <= set(mention.entities)
    assert list(mention.entities) == sorted(mention.entities)


def test_former_office_is_marked(world: World) -> None:
    assert only(world, "L'ancien président russe viendra.").former
    assert only(world, "L'ex-chancelière allemande viendra.").former
    assert not only(world, "Le président russe viendra.").former


def test_vice_president_is_not_the_president(world: World) -> None:
    assert found(world, "La vice-présidente américaine.") == [
        ("vice-présidente américaine", ("vice-president-of-united-states",), "office")
    ]


def test_two_adjectives_joined_by_a_hyphen(world: World) -> None:
    assert found(world, "La frontière russo-ukrainienne.") == [
        ("russo", ("RUS",), "demonym"),
        ("ukrainienne", ("UKR",), "demonym"),
    ]


def test_weak_names_are_flagged_and_need_their_article(world: World) -> None:
    assert only(world, "Elle a saisi l'Alliance.").weak
    assert only(world, "Elle a averti les alliés.").weak
    assert not only(world, "Elle a saisi l'Alliance atlantique.").weak
    assert only(world, "Les dirigeants alliés se réunissent.").weak
    assert found(world, "Une alliance de partis, un ami allié.") == []


def test_a_surname_that_two_persons_share_leaves_both(world: World) -> None:
    mention = only(world, "Rasmussen a quitté la salle.")
    assert mention.entities == ("anders-fogh-rasmussen", "lars-lokke-rasmussen")
    assert mention.weak


def test_a_name_of_two_words_beats_the_names_in_it(world: World) -> None:
    assert found(world, "L'Europe de l'Est et la République tchèque.") == [
        ("Europe de l'Est", ("eastern-europe",), "name"),
        ("République tchèque", ("CZE",), "name"),
    ]


def test_city_that_names_a_state_and_a_body(world: World) -> None:
    assert only(world, "Bruxelles a promis une aide.").entities == ("BEL", "eu")


def test_name_is_not_broken_over_a_blank_line(world: World) -> None:
    assert found(world, "Afrique du\nSud") == [("Afrique du\nSud", ("ZAF",), "name")]
    assert found(world, "Afrique du\n\nSud") == [("Afrique", ("africa",), "name")]


def test_no_break_spaces_and_decomposed_accents(world: World) -> None:
    assert found(world, "Le Royaume-Uni et la Corée\u00a0du\u202fSud.")[1] == (
        "Corée\u00a0du\u202fSud",
        ("KOR",),
        "name",
    )
    assert only(world, "L'E\u0301gypte.").entities == ("EGY",)


def test_english(world: World) -> None:
    text = (
        "The former US president and NATO chief met Ukraine's foreign minister in eastern Poland, "
        "Russian Foreign Minister Sergei Lavrov told the BBC."
    )
    assert [(m.entities[0], m.form, m.former) for m in world.find(text, "en")] == [
        ("president-of-united-states", "office", True),
        ("secretary-general-of-nato", "office", False),
        ("foreign-minister-of-ukraine", "office", False),
        ("eastern-poland", "name", False),
        ("foreign-minister-of-russia", "office", False),
        ("sergei-lavrov", "name", False),
        ("bbc", "name", False),
    ]


def test_unknown_language_finds_only_shared_names(world: World) -> None:
    assert found(world, "Jens Stoltenberg spricht in Deutschland.", "de") == [
        ("Jens Stoltenberg", ("jens-stoltenberg",), "name")
    ]


WORDS = [
    "le", "la", "l'", "l’", "d'", "de", "du", "des", "les", "président", "Président", "russe",
    "russo-", "ministre", "des Affaires étrangères", "OTAN", "Otan", "secrétaire général", "est",
    "Ukraine", "Poutine", "Vladimir", "\n", "\n\n", "\u00a0", "ancien", "ex-", "pro-", "Kiev",
    "États-Unis", "ETATS", "-", ".", "«", "»", "e\u0301", "İ", "ß", "\ud7ff", "😀", "Alliance",
]  # fmt: skip
texts = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join),
    st.lists(st.sampled_from(WORDS), max_size=40).map("".join),
)


@given(texts, st.sampled_from(["fr", "en", "", "xx"]))
@example("Le président\u00a0russe, l’OTAN", "fr")
def test_mentions_lie_in_order_within_the_text(text: str, language: str) -> None:
    world = load_world()
    mentions = world.find(text, language)
    end = 0
    for mention in mentions:
        assert end <= mention.span[0] < mention.span[1] <= len(text)
        end = mention.span[1]
        words = text[slice(*mention.span)]
        assert words == words.strip()
        assert not words.startswith(("l'", "l’", "d'"))
        assert list(mention.entities) == sorted(set(mention.entities))
        assert all(world.entity(e) is not None for e in mention.entities)


@given(texts, texts)
def test_a_paragraph_does_not_change_what_another_names(one: str, other: str) -> None:
    world = load_world()
    gap = "\n\n.\n\n"
    shift = len(one) + len(gap)
    alone = [m.span for m in world.find(one, "fr")] + [
        (m.span[0] + shift, m.span[1] + shift) for m in world.find(other, "fr")
    ]
    assert [m.span for m in world.find(one + gap + other, "fr")] == alone


def test_every_name_of_a_person_is_found_whole(world: World) -> None:
    for person in random.Random(1).sample(world.entities("person"), 60):
        text = f"On attend {person.names['fr']}."
        spans = [(m.span, m.entities) for m in world.find(text, "fr") if m.kind == "person"]
        assert spans == [((10, len(text) - 1), (person.id,))], person.id
