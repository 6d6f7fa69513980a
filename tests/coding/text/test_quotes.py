"""Quotes: which words stand between which marks, as a careful reader sees it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import foedus.coding
from foedus.coding.text.quotes import Quote, QuoteWording, find_quotes, load_quotes
from foedus.errors import FoedusError

LANG = Path(foedus.coding.__file__).parent / "lang"
FR = load_quotes(LANG / "fr")
EN = load_quotes(LANG / "en")


def quotes(text: str, wording: QuoteWording = FR) -> tuple[Quote, ...]:
    return find_quotes(text, [(0, len(text))], wording)


def inner(text: str, wording: QuoteWording = FR) -> list[str]:
    return [text[slice(*q.inner)] for q in quotes(text, wording)]


def levels(text: str) -> list[tuple[int, str]]:
    return [(q.depth, text[slice(*q.inner)]) for q in quotes(text)]


CLOSED = [
    ("« Nous tiendrons », dit-elle.", ["Nous tiendrons"]),
    ("«Nous tiendrons», dit-elle.", ["Nous tiendrons"]),
    ("«\u00a0Nous tiendrons\u202f», dit-elle.", ["Nous tiendrons"]),
    ("<<Nous tiendrons>>, dit-elle.", ["Nous tiendrons"]),
    ("“Nous irons”, dit-il. „Gut“, répond Berlin.", ["Nous irons", "Gut"]),
    ("Une ‹ petite › phrase.", ["petite"]),
    ('Elle dit "non" et " jamais ".', ["non", "jamais"]),
    ("Elle dit ''non'' hier.", ["non"]),
    ("»Nous sommes prêts«, a dit le ministre.", ["Nous sommes prêts"]),
    ("Il parle d'«une ligne rouge« franchie.", ["une ligne rouge"]),
    ('Il craint l\'"engrenage" des sanctions.', ["engrenage"]),
    ("Il craint l’« engrenage ».", ["engrenage"]),
    ("Il a dit ‘oui’ aux alliés.", ["oui"]),
    ("Il parle de 'guerre totale' aujourd'hui.", ["guerre totale"]),
    ("Budapest : « Pas d’armes chez nous »", ["Pas d’armes chez nous"]),
    ("Un obus de 5\" est tombé.", []),
    ("L'armée n'a pas bougé aujourd'hui, d’après l’état-major.", []),
    ("Les États-Unis' et l' alliance d' hier.", []),
    ("«  »", []),
    ("", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CLOSED)
def test_the_words_between_marks(text: str, expected: list[str]) -> None:
    assert inner(text) == expected
    assert all(q.closed for q in quotes(text))


def test_outer_holds_the_marks_and_inner_does_not() -> None:
    text = "Il a dit : « Nous tiendrons. »"
    (quote,) = quotes(text)
    assert text[slice(*quote.outer)] == "« Nous tiendrons. »"
    assert text[slice(*quote.inner)] == "Nous tiendrons."


NESTED = [
    ("« Il m’a dit : “Partez !” hier », raconte Ali.",
     [(0, "Il m’a dit : “Partez !” hier"), (1, "Partez !")]),
    ("« Il m’a dit « partez » hier », raconte Ali.",
     [(0, "Il m’a dit « partez » hier"), (1, "partez")]),
    ('Elle a dit : "Le "grand plan" est mort".', [(0, 'Le "grand plan" est mort'), (1, "grand plan")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), NESTED)
def test_a_quote_in_a_quote(text: str, expected: list[tuple[int, str]]) -> None:
    assert levels(text) == expected


UNCLOSED = [
    # before the reporting clause
    ("« Le port reste ouvert., – a assuré le maire dans un entretien.", "Le port reste ouvert."),
    ("« Le port reste ouvert, a assuré le maire. La ville dort.", "Le port reste ouvert"),
    ("« Le port reste ouvert », annonce la ville", "Le port reste ouvert"),
    # it leads its paragraph: to the end of the paragraph
    ("« Le port reste ouvert. La route aussi.", "Le port reste ouvert. La route aussi."),
    # it does not: to the end of its sentence
    ("Il juge le port « très exposé. Les navires l’évitent.", "très exposé."),
    # but a sentence in the first person still belongs to it
    ("Il juge qu’ « il faut agir. Car nous n’avons plus le temps. Le port brûle.",
     "il faut agir. Car nous n’avons plus le temps."),
    ("Il juge « M. Durand trop lent. Le port brûle.", "M. Durand trop lent."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), UNCLOSED)
def test_where_a_quote_never_closed_ends(text: str, expected: str) -> None:
    assert inner(text)[0] == expected


def test_a_quote_never_closed_does_not_swallow_the_next() -> None:
    text = "« Le port tient, a déclaré Mme Roux. Elle ajoute que « rien n’est exclu »."
    assert levels(text) == [(0, "Le port tient"), (0, "rien n’est exclu")]


def test_a_quote_never_opened_is_recovered_before_a_reporting_clause() -> None:
    text = "Le port tient », a déclaré la maire.\n\nElle est repartie » le soir."
    assert inner(text) == ["Le port tient"]


def test_each_paragraph_opens_again_and_only_the_last_closes() -> None:
    text = (
        "La générale a prévenu : « Le pont est coupé.\n\n"
        "« La ville est encerclée.\n\n"
        "» Il reste une route », a-t-elle conclu. Elle craint « le pire »."
    )
    found = quotes(text)
    assert [(text[slice(*q.inner)], q.closed, q.continues, q.depth) for q in found] == [
        ("Le pont est coupé.", False, False, 0),
        ("La ville est encerclée.", False, True, 0),
        ("Il reste une route", True, True, 0),
        ("le pire", True, False, 0),
    ]


def test_paragraphs_that_do_not_open_again() -> None:
    text = "« Le pont est coupé.\n\nLa ville aussi.\n\nIl reste une route », a-t-il dit."
    found = quotes(text)
    assert [text[slice(*q.inner)] for q in found] == [
        "Le pont est coupé.",
        "La ville aussi.",
        "Il reste une route",
    ]
    assert [q.continues for q in found] == [False, True, True]


def test_a_block_from_elsewhere_keeps_its_inner_quotes() -> None:
    text = (
        "Le Courrier écrit :\n\n"
        "« Le maire de la ville a prévenu que le pont serait fermé.\n\n"
        "« Nous fermons demain », a dit le maire lors d’une réunion.\n\n"
        "« Et nous rouvrirons lundi. »\n\n"
        "Les riverains dénoncent un « abandon », a-t-il reconnu. »\n\n"
        "Le préfet n’a « rien à ajouter »."
    )
    found = levels(text)
    assert [d for d, _ in found] == [0, 1, 1, 1, 0]
    assert found[0][1].startswith("Le maire de la ville")
    assert found[0][1].endswith("a-t-il reconnu.")
    assert [t for _, t in found[1:]] == [
        "Nous fermons demain",
        "Et nous rouvrirons lundi.",
        "abandon",
        "rien à ajouter",
    ]


def test_an_unclosed_word_is_not_continued_by_the_next_paragraph() -> None:
    text = "Il juge le port « très exposé. Les navires l’évitent.\n\n« Nous tiendrons », dit-il."
    assert levels(text) == [(0, "très exposé."), (0, "Nous tiendrons")]
    assert not any(q.continues for q in quotes(text))


def test_furniture_neither_opens_nor_closes() -> None:
    article, furniture, more = "« Le pont tient.\n", "À lire » aussi «\n", "Il rouvre », dit-il."
    text = article + furniture + more
    body = [(0, len(article)), (len(article) + len(furniture), len(text))]
    found = find_quotes(text, body, FR)
    assert [text[slice(*q.inner)] for q in found] == ["Le pont tient.", "Il rouvre"]


ENGLISH = [
    ("“We stand ready,” he said.", ["We stand ready,"]),
    ("‘We will not yield to the allies’ demands,’ he said.",
     ["We will not yield to the allies’ demands,"]),
    ("'We don't know the allies' plans', she said.", ["We don't know the allies' plans"]),
    ("It's the '90s and the soldiers' pay.", []),
    ("He said: “We stand ready.\n\n“We will act.”", ["We stand ready.", "We will act."]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_english(text: str, expected: list[str]) -> None:
    assert inner(text, EN) == expected


HARD = [
    # dialogue, insertions, brackets, mixed marks
    ("– « Vous partez ? »\n– « Non. »", ["Vous partez ?", "Non."]),
    ("Le maire — « un homme pressé », selon ses proches — se tait.", ["un homme pressé"]),
    ("« C’est “trop tard” », insiste-t-elle, « et vous le savez »",
     ["C’est “trop tard”", "trop tard", "et vous le savez"]),
    ("Il juge le projet «mauvais» et d’« un autre âge », puis lance: «Rangez-le!»",
     ["mauvais", "un autre âge", "Rangez-le!"]),
    ('Le "plan B" attend; "il n\'y en a qu\'un", dit-elle, "le nôtre".',
     ["plan B", "il n'y en a qu'un", "le nôtre"]),
    ('Il lit: «L\'Europe "doit agir", "vite"», puis sort.',
     ['L\'Europe "doit agir", "vite"', "doit agir", "vite"]),
    ("« Nous [la mairie] sommes (très) unis » (rires), lance-t-il.",
     ["Nous [la mairie] sommes (très) unis"]),
    # unclosed, then narration and a fresh quote
    ("Sur le pont : « Tout est ouvert. Nous verrons.\n\nLe maire est parti.\n\n« Un pari », titre Le Courrier.",
     ["Tout est ouvert. Nous verrons.", "Un pari"]),
    ("Un titre « ouvert\n\nLa maire dit « non ».", ["ouvert", "non"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), HARD)
def test_hard_cases(text: str, expected: list[str]) -> None:
    assert inner(text) == expected


SHAPES = [
    "« a " * 20_000, " a »" * 20_000, '"' * 50_000, ' "a' * 20_000, "'a s' " * 20_000,
    "« a " * 10_000 + " b »" * 10_000, "« a\n\n" * 10_000, "« a\n\nb\n\n" * 5_000 + "»",
    "«“‹\"‘" * 10_000, "« a" + "." * 50_000, "« a, a " + "x" * 50_000, "« a," + " " * 50_000,
    "« a « b\n\n" * 5_000 + "c »\n\n" * 5_000,
]  # fmt: skip


@pytest.mark.parametrize("text", SHAPES, ids=range(len(SHAPES)))
def test_pathological_marks_are_survived(text: str) -> None:
    for quote in quotes(text):
        assert 0 <= quote.outer[0] <= quote.inner[0] < quote.inner[1] <= quote.outer[1] <= len(text)


@given(st.text(alphabet="« »“”„‹›\"'‘’.,a A\n\u00a0", max_size=80))
def test_quotes_nest_and_lie_in_the_text(text: str) -> None:
    open_ends: list[Quote] = []
    found = quotes(text)
    assert list(found) == sorted(found, key=lambda q: (q.outer[0], -q.outer[1]))
    for quote in found:
        (start, end), (low, high) = quote.outer, quote.inner
        assert 0 <= start <= low < high <= end <= len(text)
        assert text[low:high].strip()
        while open_ends and open_ends[-1].outer[1] <= start:
            open_ends.pop()
        assert all(end <= other.outer[1] for other in open_ends)
        assert quote.depth == len(open_ends)
        open_ends.append(quote)


def test_a_mark_of_two_families_is_refused(tmp_path: Path) -> None:
    (tmp_path / "quotes.yaml").write_text(
        "families:\n"
        "  - {name: a, style: directed, open: ['«'], close: ['»']}\n"
        "  - {name: b, style: straight, open: ['«'], close: ['«']}\n"
        "reporting: {auxiliaries: [], participles: [], finite: []}\n",
        encoding="utf-8",
    )
    with pytest.raises(FoedusError, match=r"quotes.yaml:3: mark '«' belongs to two families"):
        load_quotes(tmp_path)
