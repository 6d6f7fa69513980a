"""Speakers whom only the report makes known: by a function, a body's name, a gender, or as who spoke before."""

from __future__ import annotations

import pytest

from tests.coding.reading import Read

LAST = [
    (
        "Jana Nowak, secrétaire générale de la CGTX, est venue. La dirigeante de la CGTX affirme que tout va bien.",
        "jana-nowak",
    ),
    (
        "Jana Nowak, cheffe de l'administration militaire de Koursk, est là. "
        "La ville tient, assure la cheffe de l'administration militaire.",
        "jana-nowak",
    ),
    (
        "Les routes sont coupées, selon le porte-parole de la police de la province de Karnali, Gopal Chandra Bhatta.",
        "gopal-chandra-bhatta",
    ),
    ("John Kirby porte-parole du NSC a affirmé que tout va bien.", "john-kirby"),
    ("Un porte-parole de Deltrax a expliqué que le centre ouvrirait.", "deltrax"),
    ("Deltrax a assuré que le centre ouvrirait.", "deltrax"),
    ("Le syndicat des contrôleurs aériens allemands SNPX a prévenu que les vols auraient du retard.", "snpx"),
    ("Vladimir Poutine a parlé. Tout va bien, rapporte le ministère ukrainien de la Défense. Il précise que la ville tient.", "UKR"),
    ("Londres a signé un accord avec les deux pays, promettant de leur porter secours.", "GBR"),
    (
        "Jean Nowak attend. La ministre de la Paix, Jana Novak, est venue. « Il faut tenir », lui a-t-elle lancé.",
        "jana-novak",
    ),
    ("La ville tient, selon la présidence française. La route est libre, ajoute la même source.", "FRA"),
    ("La ville tient, selon Kiev. Le même mois, le New York Times rapportait que les stocks étaient bas.", "new-york-times"),
    ("L'Otan s'est réunie à Madrid. Les dirigeants ont promis de tenir parole.", "nato"),
    ("Le ministre est venu. Son collègue, Denys Chmyhal, a de son côté expliqué que la ville tient.", "denys-shmyhal"),
    ("Le séisme est fort, selon l'Institut américain d'études géologiques USGX.", "usgx"),
    ("Des militants syriens ont affirmé que la ville brûle.", None),
    ("Selon des habitants ukrainiens, la ville brûle.", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "speaker"), LAST)
def test_who_says_the_last_thing(coded: Read, text: str, speaker: str | None) -> None:
    assert coded(text).said[-1][0] == speaker


def test_a_name_does_not_take_in_what_it_is_of(coded: Read) -> None:
    said = coded("« Il faut tenir », assure Jan Nowak du Rassemblement pour tous.").said
    assert [who for who, _ in said] == ["jan-nowak"]


def test_a_heading_between_dashes_is_his_who_says_it_below(coded: Read) -> None:
    text = (
        'Londres a parlé lundi.\n\n- "Il faut tenir bon" -\n\n'
        'Le chancelier a visité Paris. "Il faut tenir bon, et vite", a lancé Olaf Scholz.'
    )
    assert [who for who, _ in coded(text).said] == ["olaf-scholz", "olaf-scholz"]
