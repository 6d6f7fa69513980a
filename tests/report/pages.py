"""Pages of our own invention, and short ways to read them."""

from __future__ import annotations

from foedus.acts import Span
from foedus.report import Report, read_text
from foedus.report.dated import Stated
from tests.report.fake_world import fake_world

WORLD = fake_world()

TITLE = "L’Alliance envoie deux frégates en mer Baltique"
FIRST = (
    "Deux frégates alliées ont quitté Kiel mardi matin pour la mer Baltique, a annoncé le ministère "
    "de la Défense, qui parle d’une mission de surveillance."
)
SECOND = (
    "« Nous gardons un œil ouvert sur les câbles sous-marins », a expliqué le commandant de la "
    "flottille avant d’appareiller avec ses deux équipages."
)
THIRD = (
    "La mission durera six semaines et coûtera quatre millions d’euros, selon une estimation que le "
    "parlement doit encore examiner en commission."
)
ARTICLE = (TITLE, FIRST, SECOND, THIRD)


def page(*lines: str) -> str:
    return "\n\n".join(lines)


def report(*lines: str, label: str = "r", stated: Stated | None = None) -> Report:
    return text_report(page(*lines), label=label, stated=stated)


def text_report(text: str, *, label: str = "r", stated: Stated | None = None) -> Report:
    return read_text(text.encode(), label=label, path=label, world=WORLD, stated=stated)


def words(r: Report, span: Span | None) -> str:
    return "" if span is None else r.text[slice(*span)]


def body(r: Report) -> list[str]:
    return [words(r, span) for span in r.body]


def furniture(r: Report) -> dict[str, str]:
    return {words(r, f.span): f.kind for f in r.furniture}


def credited(r: Report) -> list[tuple[str, str]]:
    return [(c.kind, c.name) for c in r.credits]


def notes(r: Report) -> set[str]:
    return {n.kind for n in r.notes}
