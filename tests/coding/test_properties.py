"""What holds of every text: offsets, order, independence, hostile input."""

from __future__ import annotations

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from foedus.acts import Act, Quantity, Record, Span, Statement
from foedus.coding import Coder
from foedus.errors import FoedusError
from foedus.world import World
from tests.coding.reading import Coded, Read, report_of
from tests.conftest import FULL

SENTENCES = (
    "La Pologne a livré des chars à l'Ukraine.",
    "« Nous tiendrons parole », a déclaré Olaf Scholz.",
    "Selon Emmanuel Macron, les pourparlers n'ont pas abouti.",
    "L'Otan n'enverra pas de troupes en Ukraine.",
    "L'Estonie, la Lettonie et la Lituanie ont demandé des consultations.",
    "La force de réaction compte 40 000 soldats.",
    "Si la Russie attaquait un allié, l'Otan activerait ses plans de défense.",
    "La pluie tombe sur la ville et les magasins sont fermés.",
)
WORDS = (
    "La Russie", "l'Otan", "l'Ukraine", "Jens Stoltenberg", "il", "elle", "nous", "qui", "que",
    "a déclaré", "a-t-il ajouté", "enverra", "n'", "pas", "si", "aurait livré", "l'invasion de",
    "selon", "d'après", "rapporte", "des chars", "5 000", "soldats", "hier", "en 2014", "«", "»",
    '"', "“", "”", "'", "’", "(", ")", "[", "]", ",", ".", ":", ";", "…", "?", "!", "–", "-", "\n",
    "\n\n", "\u00a0", "\u202f", "\ufeff", "\u202e", "🙂", "e\u0301", "<b>", "{{x}}", "..",
)  # fmt: skip

few = settings(max_examples=300 if FULL else 25)
some = settings(max_examples=600 if FULL else 40)
messy = st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)


def spans(record: Record) -> list[Span]:
    """Every passage that a record points at."""
    found: list[Span | None] = [record.span]
    if isinstance(record, Statement):
        found += [record.speaker_span, record.cue_span]
    elif isinstance(record, Act):
        found += [record.trigger, record.reason, *(q.span for q in record.quantities)]
    elif isinstance(record, Quantity):
        found.append(record.part_of)
    found.append(record.when.span if record.when is not None else None)
    return [s for s in found if s is not None]


def check_offsets(found: Coded) -> None:
    for record in found.records:
        for start, end in spans(record):
            assert 0 <= start < end <= len(found.report.text), record
            assert found.report.text[start:end].strip(), record
        if isinstance(record, Act):
            assert record.span[0] <= record.trigger[0] < record.trigger[1] <= record.span[1]
    assert len({r.id for r in found.records}) == len(found.records)


def read(coded: Read, text: str) -> Coded:
    """Code a text, unless reading refuses it (empty, binary): that is no matter of coding."""
    try:
        return coded(text)
    except FoedusError:
        reject()


def shape(found: Coded, inside: Span) -> list[tuple[str, ...]]:
    """The records of a passage by their words: what must not depend on where the passage stands."""
    told = []
    for record in found.records:
        if not (inside[0] <= record.span[0] and record.span[1] <= inside[1]):
            continue
        row = [type(record).__name__, found.words(record.span)]
        if isinstance(record, Statement):
            row += [record.form, str(record.speaker), str(record.via)]
        if isinstance(record, Act):
            row += [record.type, found.words(record.trigger), *map(str, (
                record.aux, record.actors, record.recipients, record.places, record.instruments,
                record.cues, record.date,
            ))]  # fmt: skip
        told.append(tuple(row))
    return sorted(told)


@some
@given(text=messy)
def test_every_span_lies_in_the_report(coded: Read, text: str) -> None:
    check_offsets(read(coded, text))


@few
@given(text=st.text(max_size=300))
def test_any_characters_are_read_without_a_crash(coded: Read, text: str) -> None:
    check_offsets(read(coded, text))


@few
@given(order=st.permutations(range(len(SENTENCES))))
def test_the_order_of_reports_changes_nothing(coder: Coder, world: World, order: list[int]) -> None:
    reports = [report_of(text, world, label=f"r{n}") for n, text in enumerate(SENTENCES)]
    alone = {r.label: coder.code(r) for r in reports}
    batch = {r.label: found for r, found in coder.code_all(reports[n] for n in order)}
    assert batch == alone


@few
@given(
    sentence=st.sampled_from(SENTENCES),
    others=st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3),
    before=st.booleans(),
)
def test_a_paragraph_more_changes_nothing_of_a_sentence_that_stands_alone(
    coded: Read, sentence: str, others: list[str], before: bool
) -> None:
    alone = coded(sentence)
    rest = "\n\n".join(others)
    text = f"{rest}\n\n{sentence}" if before else f"{sentence}\n\n{rest}"
    start = len(rest) + 2 if before else 0
    here = (start, start + len(sentence))
    assert shape(coded(text), here) == shape(alone, (0, len(sentence)))


FURNITURE = (
    "Partager cet article",
    "Leave A Reply",
    "Abonnez-vous à notre newsletter",
    "Lire aussi : La Russie a envahi la Finlande",
    "Votre adresse e-mail ne sera pas publiée.",
    "Nous utilisons des cookies pour améliorer votre expérience.",
)


@few
@given(chosen=st.lists(st.sampled_from(FURNITURE), min_size=1, max_size=4, unique=True))
def test_furniture_around_an_article_changes_nothing_but_offsets(
    coded: Read, chosen: list[str]
) -> None:
    article = "\n\n".join(SENTENCES)
    plain = coded(article)
    page = coded(article + "\n\n" + "\n\n".join(chosen) + "\n")
    assert shape(page, (0, len(page.report.text))) == shape(plain, (0, len(article)))


SIZE = 1 if FULL else 20
"""How many times smaller hostile texts are in the short run."""

HOSTILE = {
    "quotation marks": "«" * (50_000 // SIZE),
    "straight marks": '"' * (50_000 // SIZE),
    "pairs of marks": "« mot » " * (25_000 // SIZE),
    "nested parentheses": "(" * (10_000 // SIZE) + "mot" + ")" * (10_000 // SIZE),
    "nested quotes": "« il dit : " * (5_000 // SIZE) + "oui" + " »" * (5_000 // SIZE),
    "apostrophes": "l'" * (50_000 // SIZE),
    "commas": "la Russie, " * (20_000 // SIZE),
    "full stops": ". " * (50_000 // SIZE),
    "newlines": "mot\n" * (50_000 // SIZE),
    "digits": "1 000 " * (20_000 // SIZE),
    "one word": "a" * (200_000 // SIZE),
    "negations": "ne pas " * (10_000 // SIZE),
    "sayings": "a-t-il dit, " * (10_000 // SIZE),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_hostile_lengths_are_read(coded: Read, name: str) -> None:
    check_offsets(coded(HOSTILE[name]))


@pytest.mark.full
def test_one_line_of_a_megabyte_is_read(coded: Read) -> None:
    line = " ".join(SENTENCES)
    check_offsets(coded(" ".join([line] * (1_000_000 // len(line)))))
