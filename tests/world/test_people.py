"""People whom ordinary reports quote: each is found under the spellings of the press."""

from __future__ import annotations

import pytest

from foedus.world import World


def persons(world: World, text: str, language: str = "fr") -> list[tuple[str, ...]]:
    return [m.entities for m in world.find(text, language) if m.kind == "person"]


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Mykhaïlo Podoliak dément.", "mykhailo-podolyak"),
        ("Oleksandr Koubrakov inspecte le port.", "oleksandr-kubrakov"),
        ("Le colonel Iouri Ignat fait le point.", "yurii-ihnat"),
        ("Hanna Maliar fait le point.", "hanna-maliar"),
        ("Kyrylo Boudanov s'en félicite.", "kyrylo-budanov"),
        ("Andreï Roudenko n'exclut rien.", "andrei-rudenko"),
        ("Le général Roustam Minnekaïev l'affirme.", "rustam-minnekayev"),
        ("Mikhaïl Razvojaïev appelle au calme.", "mikhail-razvozhayev"),
        ("Alexandre Bortnikov fait son rapport.", "alexander-bortnikov"),
        ("Le patriarche Kirill officie.", "patriarch-kirill"),
        ("Vadim Krasnosselski proteste.", "vadim-krasnoselsky"),
        ("Vjosa Osmani proteste.", "vjosa-osmani"),
        ("Milorad Dodik proteste.", "milorad-dodik"),
        ("Hikmet Hajiyev proteste.", "hikmet-hajiyev"),
        ("J.D. Vance prendra la parole.", "jd-vance"),
        ("Le général Kurilla est en visite.", "erik-kurilla"),
        ("Chuck Schumer s'y oppose.", "chuck-schumer"),
        ("Peter Stano ne commente pas.", "peter-stano"),
        ("Stéphane Dujarric ne commente pas.", "stephane-dujarric"),
        ("Selon Agnès Callamard, rien ne va.", "agnes-callamard"),
        ("Le pape Léon XIV prie.", "leo-xiv"),
        ("Hossein Amir Abdollahian proteste.", "hossein-amir-abdollahian"),
        ("Ismaïl Haniyeh proteste.", "ismail-haniyeh"),
        ("Le colonel Assimi Goïta s'exprime.", "assimi-goita"),
        ("Abou Mohammed al-Joulani s'exprime.", "ahmed-al-sharaa"),
        ("Friedrich Merz s'exprime.", "friedrich-merz"),
        ("Rajmund Andrzejczak s'exprime.", "rajmund-andrzejczak"),
        ("İbrahim Kalın s'exprime.", "ibrahim-kalin"),
    ],
)
def test_person(world: World, text: str, person: str) -> None:
    assert persons(world, text) == [(person,)]


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Dmytro Kuleba spoke; Kuleba left.", "dmytro-kuleba"),
        ("Vitali Klitschko spoke; Klitschko left.", "vitali-klitschko"),
    ],
)
def test_a_bare_surname_is_the_better_known_namesake(world: World, text: str, person: str) -> None:
    assert persons(world, text, "en") == [(person,), (person,)]
    assert persons(world, "Oleksiy Kuleba spoke.", "en") == [("oleksiy-kuleba",)]


@pytest.mark.parametrize(
    "text",
    [
        "Un Antonov a atterri.",
        "Lapin ou lièvre, la chasse est ouverte.",
        "Popov, Ivanov et Miller étaient absents.",
        "Le cours de Meta a baissé.",
    ],
)
def test_a_surname_that_names_others_too_names_nobody_alone(world: World, text: str) -> None:
    assert persons(world, text) == []
