"""When statements of different reports are one utterance. The sentences are invented."""

from __future__ import annotations

import pytest

from foedus.acts import day
from foedus.ledger.sayings import Said, Utterance
from foedus.ledger.speech.utterances import group_utterances, said_by
from foedus.world import load_world
from tests.ledger.builders import heard, on

HEAD = "jens-stoltenberg"
FULL = (
    "Moscou a lancé une agression réfléchie, de sang-froid et préparée depuis des mois, "
    "après tant de démentis"
)


def utterances(*said: Said) -> tuple[Utterance, ...]:
    return group_utterances(said, world=load_world())


@pytest.mark.parametrize(
    ("other", "language", "wording"),
    [
        pytest.param(FULL, "fr", "same", id="word for word"),
        pytest.param(FULL.upper() + " !", "fr", "same", id="in capitals, with a mark"),
        pytest.param(
            "une agression réfléchie, de sang-froid et préparée depuis des mois", "fr", "cut",
            id="cut",
        ),
        pytest.param(
            "l'attaque russe était « un geste réfléchi, commis de sang-froid et planifié depuis "
            "des mois »", "fr", "reworded", id="translated into French by somebody else",
        ),
        pytest.param(
            "Moscow has launched a considered aggression, cold-blooded and prepared for months, "
            "after so many denials", "en", "translated", id="in English",
        ),
    ],
)  # fmt: skip
def test_one_utterance_in_two_wordings(other: str, language: str, wording: str) -> None:
    (found,) = utterances(heard("a", HEAD, FULL), heard("b", HEAD, other, language=language))
    assert {v.wording for v in found.variants} == {"fullest", wording}
    assert (found.speaker, found.reports, found.sources) == (HEAD, 2, 2)
    assert found.text.casefold().startswith(FULL.casefold())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            "Nous enverrons des avions de combat à nos voisins avant la fin du mois",
            "Nous n'enverrons pas d'avions de combat à nos voisins avant la fin du mois",
            id="one says no",
        ),
        pytest.param(
            "The allies will send fighter jets to their neighbours this month",
            "Les alliés n'enverront pas d'avions de chasse à leurs voisins ce mois-ci",
            id="one says no, in another language",
        ),
        pytest.param(
            "Nous ne croyons pas que la Russie attaquera nos voisins du nord cette année",
            "La Russie attaquera nos voisins du nord cette année",
            id="a cut that leaves out the no",
        ),
        pytest.param(
            "Nous aiderons nos voisins jusqu'à la fin de la guerre et après elle",
            "la fin de la guerre",
            id="a few words that stand in many sentences",
        ),
        pytest.param(
            "Nous avons envoyé des milliers de soldats dans l'est de l'Alliance",
            "Nous enverrons bientôt des milliers de soldats dans l'est",
            id="done, and still to come",
        ),
        pytest.param(
            "La Lituanie recevra 5 000 soldats de plus au printemps",
            "La Lettonie recevra 3 000 soldats de plus au printemps",
            id="another country and figure",
        ),
        pytest.param(
            "Les alliés fournissent à Kiev des drones, du carburant et des munitions",
            "Les alliés tiennent à ce que la guerre ne gagne pas d'autres pays",
            id="two sentences on one subject",
        ),
        pytest.param(
            "Fermez notre ciel ou donnez-nous des avions",
            "En refusant de fermer notre ciel, ils ont donné leur accord à d'autres bombardements",
            id="the same words to say something else",
        ),
    ],
)
def test_two_utterances_of_one_speaker_on_one_day(one: str, other: str) -> None:
    language = "en" if one.startswith("The ") else "fr"
    said = heard("a", HEAD, one, language=language), heard("b", HEAD, other)
    assert len(utterances(*said)) == 2


def test_a_figure_miscopied_stands_beside_the_right_one() -> None:
    text = "Une centaine d'avions sont en alerte et {} navires patrouillent au large des côtes"
    right = heard("a", "nato", text.format("120"), group="g")
    wrong = heard("b", "nato", text.format("20"), group="g")
    (found,) = utterances(right, wrong)
    (difference,) = found.differences
    assert (difference.field, set(difference.values)) == ("figures", {"120", "20"})
    assert (found.reports, found.sources) == (2, 1)


def test_what_passes_on_another_outlets_words_is_no_source_of_its_own() -> None:
    heard_itself = heard("a", HEAD, FULL, outlet="cnn")
    passed_on = heard("b", HEAD, FULL, outlet="gazette", group="outlet:cnn")
    (found,) = utterances(heard_itself, passed_on)
    assert (found.reports, found.outlets, found.sources) == (2, 2, 1)


def test_a_person_and_the_side_he_speaks_for_may_be_one_voice_two_persons_are_not() -> None:
    kremlin, spokesman = heard("a", "RUS", FULL), heard("b", "dmitry-peskov", FULL)
    minister = heard("c", "sergei-lavrov", FULL)
    (found,) = utterances(kremlin, spokesman)
    assert found.speaker == "dmitry-peskov"
    assert [d.field for d in found.differences] == ["speaker"]
    assert len(utterances(spokesman, minister)) == 2
    assert len(utterances(kremlin, spokesman, minister)) >= 2


def test_nous_and_the_name_of_ones_own_side_are_the_same() -> None:
    own = "Nous ne sommes pas partie au conflit"
    named = "L'Otan n'est pas partie au conflit"
    assert len(utterances(heard("a", HEAD, own), heard("b", HEAD, named))) == 1
    other = "La Moldavie n'est pas partie au conflit"
    assert len(utterances(heard("a", HEAD, own), heard("b", HEAD, other))) == 2


def test_a_stock_sentence_said_again_another_week_is_another_utterance() -> None:
    stock = "Nous n'avons aucun soldat en Ukraine et nous ne comptons pas en envoyer"
    days = ["2022-02-24", "2022-02-25", "2022-03-23", None, "2022-02-01/2022-03-31"]
    said = [heard(f"r{n}", HEAD, stock, when) for n, when in enumerate(days)]
    assert sorted(u.reports for u in utterances(*said)) == [1, 1, 1, 2]


def test_the_day_a_report_names_beats_the_day_it_appeared() -> None:
    then = heard("a", HEAD, FULL, "2022-02-24")
    recalled = heard("b", HEAD, FULL, "2022-03-20", date="2022-02-24")
    (found,) = utterances(then, recalled)
    assert found.date == on("2022-02-24")


def test_a_quote_whose_speaker_is_not_named_joins_only_word_for_word() -> None:
    named = heard("a", HEAD, FULL)
    headline = heard("b", None, "agression réfléchie, de sang-froid et préparée depuis des mois")
    vague = heard("c", None, "« un geste réfléchi, commis de sang-froid et planifié »")
    assert [u.reports for u in utterances(named, headline)] == [2]
    assert len(utterances(named, vague)) == 2


def test_what_somebody_quotes_another_as_saying_is_not_his() -> None:
    whole = "Le Kremlin accuse nos alliés de préparer une attaque, c'est un récit pour son public"
    outer = heard("a", "ilmar-tammsalu", whole)
    inner = heard("a", "RUS", whole[27:57], at=27, form="indirect")
    assert len(utterances(outer, inner)) == 2


def test_sentences_that_follow_each_other_in_a_report_are_each_their_own() -> None:
    one = "Nous livrons à nos voisins des missiles et des munitions pour cet hiver"
    then = "Nous livrons à nos voisins des missiles et des drones depuis le printemps dernier"
    assert len(utterances(heard("a", HEAD, one), heard("a", HEAD, then, at=200))) == 2


def test_a_cut_that_fits_two_utterances_equally_is_left_by_itself() -> None:
    shared = "Toute attaque contre nos ports recevra une réponse unie"
    first = f"{shared}, nos voisins du nord ont prévenu Moscou dès le premier matin de la crise"
    second = f"{shared}, ainsi le veut le traité que trente parlements librement élus ont ratifié"
    cut = "toute attaque contre nos ports recevra une réponse unie"
    said = heard("a", HEAD, first, at=0), heard("a", HEAD, second, at=300), heard("b", HEAD, cut)
    both = utterances(*said)
    assert [len(u.variants) for u in both if cut in {v.said.text for v in u.variants}] == [1]


def test_the_wordings_say_how_they_differ() -> None:
    cut = heard(
        "b", HEAD, "une agression réfléchie, commise de sang-froid, préparée depuis des mois"
    )
    (found,) = utterances(heard("a", HEAD, FULL), cut)
    (variant,) = [v for v in found.variants if v.wording != "fullest"]
    assert "démentis" in variant.lacks
    assert variant.adds == ("commise",)


def test_as_of_keeps_what_had_been_said_and_lists_what_it_cannot_tell() -> None:
    early = heard("a", HEAD, FULL, "2022-02-24")
    late = heard("b", HEAD, FULL, "2022-02-26")
    all_ = utterances(early, late)
    assert said_by(all_, on("2022-02-20").start) == ((), ())
    (only,), doubts = said_by(all_, on("2022-02-23").start, world=load_world())
    assert [v.said.citation.report for v in only.variants] == ["a"]
    assert [d.record for d in doubts] == [early.statement.id]
    assert said_by(all_, day(on("2022-03-01").start).start) == (all_, ())


@pytest.mark.parametrize("text", ["", "…", "?!", "1", "ne pas", "de la", "\ud800", "a" * 10_000])
def test_nothing_that_a_text_holds_breaks_it(text: str) -> None:
    assert len(utterances(heard("a", HEAD, text), heard("b", "RUS", text, language="xx"))) == 2
