"""Auxiliary modes: how an act stands (codebook, decision 3)."""

from __future__ import annotations

import pytest

from tests.coding.reading import Read

DONE: tuple[str, ...] = ()
FUTURE = ("future",)
MAYBE = ("hypothetical",)
NOT = ("negation",)
WILL_NOT = ("future", "negation")
LONG_AGO = ("historical",)

AID = [
    ("La France a livré des chars à l'Ukraine.", DONE),
    ("La France livre des chars à l'Ukraine.", DONE),
    ("La France avait livré des chars à l'Ukraine.", DONE),
    ("La France continue de livrer des chars à l'Ukraine.", DONE),
    ("La France n'a livré que des chars à l'Ukraine.", DONE),
    ("La France ne cesse de livrer des chars à l'Ukraine.", DONE),
    ("La France livrera des chars à l'Ukraine.", FUTURE),
    ("La France va livrer des chars à l'Ukraine.", FUTURE),
    ("La France doit livrer des chars à l'Ukraine jeudi.", FUTURE),
    ("La France devrait livrer des chars à l'Ukraine.", FUTURE),
    ("La France s'apprête à livrer des chars à l'Ukraine.", FUTURE),
    ("La France prévoit de livrer des chars à l'Ukraine.", FUTURE),
    ("La France a décidé de livrer des chars à l'Ukraine.", FUTURE),
    ("La France pourrait livrer des chars à l'Ukraine.", MAYBE),
    ("La France envisage de livrer des chars à l'Ukraine.", MAYBE),
    ("La France aurait livré des chars à l'Ukraine.", MAYBE),
    ("La France livrerait des chars à l'Ukraine.", MAYBE),
    ("La France a tenté de livrer des chars à l'Ukraine.", MAYBE),
    ("La France est prête à livrer des chars à l'Ukraine.", MAYBE),
    ("Il est possible que la France livre des chars à l'Ukraine.", MAYBE),
    ("La livraison de chars à l'Ukraine est à l'étude.", MAYBE),
    ("Si la France livre des chars à l'Ukraine, la guerre changera.", MAYBE),
    ("Si la France livrait des chars à l'Ukraine, la guerre changerait.", MAYBE),
    ("La France n'a pas livré de chars à l'Ukraine.", NOT),
    ("La France n'a livré aucun char à l'Ukraine.", NOT),
    ("La France n'a jamais livré de chars à l'Ukraine.", NOT),
    ("La France ne livre plus de chars à l'Ukraine.", NOT),
    ("La France a cessé de livrer des chars à l'Ukraine.", NOT),
    ("La France ne livrera pas de chars à l'Ukraine.", WILL_NOT),
    ("La France ne livrera jamais de chars à l'Ukraine.", WILL_NOT),
    ("La France ne va pas livrer de chars à l'Ukraine.", WILL_NOT),
    ("La France ne prévoit pas de livrer des chars à l'Ukraine.", WILL_NOT),
    ("En 2014, la France a livré des chars à l'Ukraine.", LONG_AGO),
    ("La France a livré des chars à l'Ukraine en 1998.", LONG_AGO),
]


@pytest.mark.parametrize(("text", "aux"), AID)
def test_how_a_delivery_stands(coded: Read, text: str, aux: tuple[str, ...]) -> None:
    act = coded(text).act("AID")
    assert act.aux == aux


SAID = [
    ("Le ministre a déclaré que la France livrerait des chars à l'Ukraine.", FUTURE),
    ("Le ministre a déclaré que la France pourrait livrer des chars à l'Ukraine.", MAYBE),
    ("Le ministre a déclaré que la France aurait livré des chars à l'Ukraine.", MAYBE),
    ("Le ministre a déclaré que la France avait livré des chars à l'Ukraine.", DONE),
    ("Le ministre a déclaré que la France n'avait pas livré de chars à l'Ukraine.", NOT),
    ("Le ministre a déclaré que la France ne livrerait pas de chars à l'Ukraine.", WILL_NOT),
    ("Le ministre n'a pas dit que la France livrerait des chars à l'Ukraine.", FUTURE),
    ("Selon Le Monde, la France aurait livré des chars à l'Ukraine.", MAYBE),
]


@pytest.mark.parametrize(("text", "aux"), SAID)
def test_a_future_of_the_past_is_no_press_conditional(
    coded: Read, text: str, aux: tuple[str, ...]
) -> None:
    """« a déclaré qu'elle livrerait » announces; « aurait livré » is what a newspaper has heard."""
    assert coded(text).act("AID").aux == aux


def test_what_follows_from_an_if_is_hypothetical_too(coded: Read) -> None:
    found = coded("Si la Russie attaquait un allié, l'Otan déploierait sa force de réaction.")
    assert found.act("ASSAULT").aux == MAYBE
    assert found.act("MOBILIZE").aux == MAYBE


def test_a_future_after_an_if_is_hypothetical_too(coded: Read) -> None:
    found = coded("Si la Russie attaque un allié, l'Otan déploiera sa force de réaction.")
    assert found.act("ASSAULT").aux == MAYBE
    assert found.act("MOBILIZE").aux == MAYBE


REFUSED = [
    "L'Otan ne veut pas envoyer de soldats en Ukraine.",
    "L'Otan refuse d'envoyer des soldats en Ukraine.",
    "L'Otan exclut d'envoyer des soldats en Ukraine.",
    "L'Otan a écarté l'envoi de soldats en Ukraine.",
]


@pytest.mark.parametrize("text", REFUSED)
def test_a_refusal_is_the_act_and_its_negation_is_no_mode(coded: Read, text: str) -> None:
    found = coded(text)
    assert [kind for kind, _ in found.told] == ["REJECT"]
    assert found.act().aux == DONE
    assert "no-troops" in found.act().cues


def test_what_is_not_done_is_an_act_with_negation(coded: Read) -> None:
    found = coded("L'Otan n'enverra pas de soldats en Ukraine.")
    assert found.act("MOBILIZE").aux == WILL_NOT
    assert "no-troops" in found.act().cues


def test_a_threat_really_made_has_no_mode(coded: Read) -> None:
    found = coded("La Russie menace de frapper les convois d'armes.")
    assert found.told == [("THREATEN", "menace")]
    assert found.act().aux == DONE


def test_somebody_who_ends_a_deed_did_it(coded: Read) -> None:
    """The object of « empêcher » is prevented; its subject is not."""
    found = coded("L'invasion de l'Ukraine par la Russie a empêché tout accord.")
    assert found.act("ASSAULT").aux == DONE


def test_what_a_cyber_attack_aims_at_makes_it_no_intention(coded: Read) -> None:
    assert coded("Une cyberattaque a visé le parlement estonien.").act("COERCE").aux == DONE


def test_both_verbs_of_neither_nor_are_negated(coded: Read) -> None:
    found = coded("La Russie n'a ni envahi ni bombardé la Moldavie.")
    assert [a.aux for a in found.acts] == [NOT] * len(found.acts)
    assert found.acts
