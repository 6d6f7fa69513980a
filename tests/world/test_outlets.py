"""Newspapers, broadcasters and agencies that reports of the region name."""

from __future__ import annotations

import pytest

from foedus.world import World


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("Selon Digi24, rien n'est décidé.", "digi24"),
        ("Selon Helsingin Sanomat, rien n'est décidé.", "helsingin-sanomat"),
        ("Selon la chaîne RTK, rien n'est décidé.", "rtk"),
        ("Selon Tanjug, rien n'est décidé.", "tanjug"),
        ("Selon l'agence Beta, rien n'est décidé.", "beta-news-agency"),
        ("Selon Vedomosti, rien n'est décidé.", "vedomosti"),
        ("Selon PAP, rien n'est décidé.", "pap"),
        ("Selon Yonhap, rien n'est décidé.", "yonhap"),
        ("Selon le Times of Israel, rien n'est décidé.", "times-of-israel"),
        ("Selon Balkan Insight, rien n'est décidé.", "balkan-insight"),
        ("Selon Le Monde diplomatique, rien n'est décidé.", "le-monde-diplomatique"),
        ("Selon le Journal de Montréal, rien n'est décidé.", "journal-de-montreal"),
    ],
)
def test_outlet_is_named(world: World, text: str, outlet: str) -> None:
    assert [(m.entities, m.weak) for m in world.find(text, "fr")] == [((outlet,), False)]


@pytest.mark.parametrize(
    "text",
    [
        "Le temps presse, la tribune est pleine.",
        "Une version beta du logiciel.",
        "Il a son opinion et un telex.",
        "Time will tell, Dr. Stern.",
    ],
)
def test_ordinary_words_name_no_outlet(world: World, text: str) -> None:
    assert world.find(text, "fr") == ()


def test_outlets_whose_names_are_words_are_weak(world: World) -> None:
    for text in ("La Tribune", "Le Devoir", "N1", "Sud Ouest"):
        assert [m.weak for m in world.find(text, "fr")] == [True], text
