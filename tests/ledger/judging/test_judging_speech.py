"""A person judges what was said and how much there is: statements, utterances, quantities."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from foedus.acts import Quantity, Statement
from foedus.errors import FoedusError
from foedus.ledger import Ledger
from foedus.ledger.out import Content, trail_lines, trail_of
from foedus.ledger.sayings import Utterance
from tests.ledger.builders import Coded, coded, on, report
from tests.ledger.conftest import Opener
from tests.ledger.judged_crisis import ana, boris, states

HEAD, CHIEF = "jens-stoltenberg", "sergei-lavrov"
LONG = "Nous défendrons chaque parcelle du territoire de nos alliés, aujourd'hui comme demain"
OTHER = "Les navires resteront en mer tant que les livraisons de céréales seront menacées"
STOCKS = "Les stocks d'obus sont bas : 4000 pièces"


def says(label: str, text: str, speaker: str | None, *, day: str = "2022-02-25") -> Coded:
    """A report in which somebody says ``text``, after a few words and before a quantity."""
    whole = f"Hier : {text}. {STOCKS}."
    start = whole.index(text)
    at = whole.index(STOCKS)
    return coded(
        report(label, day, outlet=label, text=whole),
        Statement(
            id="", report="", span=(start, start + len(text)), form="direct", speaker=speaker
        ),
        Quantity(
            id="", report="", span=(at, at + len(STOCKS)), subject="shells", value=4000.0,
            unit="item", level="low", cues=("stockpiles",),
        ),
    )  # fmt: skip


ONE, TWO, THREE = says("one", LONG, HEAD), says("two", LONG, HEAD), says("three", OTHER, HEAD)
ALL = [ONE, TWO, THREE]


def sid(of: Coded) -> str:
    return of[1][0].id


def qid(of: Coded) -> str:
    return of[1][1].id


def spoken(ledger: Ledger, of: Coded, known_by: date | None = None) -> Utterance:
    """The utterance that holds a report's statement."""
    (found,) = (
        u
        for u in ledger.speech(known_by=known_by).utterances
        if sid(of) in {v.said.statement.id for v in u.variants}
    )
    return found


def shown(ledger: Ledger, name: str) -> str:
    """What ``show`` prints, with single blanks."""
    lines = trail_lines(trail_of(Content(ledger), name))
    return "\n".join(" ".join(line.split()) for line in lines)


def test_a_rejected_statement_counts_no_more_and_stays_visible(opened: Opener) -> None:
    with opened() as ledger:
        ledger.add(ALL)
        assert spoken(ledger, ONE).reports == 2
        ana(ledger, "reject", sid(ONE))
        assert spoken(ledger, TWO).reports == 1
        said = {v.said.statement.id for u in ledger.speech().utterances for v in u.variants}
        assert sid(ONE) not in said
        assert sid(ONE) in {s.id for s in ledger.statements()}, "what was read stays"
        assert sid(ONE) not in {s.id for s in ledger.accepted(Statement)}
        assert "held to be rejected" in shown(ledger, sid(ONE))
        entry = ana(ledger, "reject", sid(TWO), day="2022-03-02")
        assert len(ledger.speech().utterances) == 1
        ana(ledger, "withdraw", entry.id, day="2022-03-03")
        assert spoken(ledger, TWO).reports == 1


def test_an_utterance_is_judged_as_its_statements(opened: Opener) -> None:
    with opened() as ledger:
        ledger.add(ALL)
        ana(ledger, "confirm", spoken(ledger, ONE).id)
        assert spoken(ledger, TWO).verdict == "confirmed"
        boris(ledger, "reject", spoken(ledger, ONE).id)
        assert spoken(ledger, ONE).verdict == "disputed"
        assert set(states(ledger).values()) == {"opposed"}


def test_the_speaker_is_corrected_and_positions_follow(opened: Opener) -> None:
    with opened() as ledger:
        ledger.add(ALL)
        ana(ledger, "correct", sid(THREE), field="speaker", value=CHIEF)
        assert spoken(ledger, THREE).speaker == CHIEF
        (said,) = (v.said for v in spoken(ledger, THREE).variants)
        assert said.corrected == ("speaker",)
        assert next(s for s in ledger.statements() if s.id == sid(THREE)).speaker == HEAD
        assert f"corrected speaker {CHIEF}" in shown(ledger, sid(THREE))
        boris(ledger, "correct", sid(THREE), field="speaker", value="vladimir-putin")
        found = spoken(ledger, THREE)
        assert (found.speaker, found.verdict) == (HEAD, "disputed"), "two persons, two values"


def test_the_words_are_corrected_to_words_of_the_report(opened: Opener) -> None:
    with opened() as ledger:
        ledger.add(ALL)
        ana(ledger, "correct", sid(THREE), field="words", value="Les navires resteront   en mer")
        assert spoken(ledger, THREE).text == "Les navires resteront en mer"
        with pytest.raises(FoedusError, match="do not stand in report 'three'"):
            ana(ledger, "correct", sid(THREE), field="words", value="Les avions partent")


def test_utterances_are_split_and_merged(opened: Opener) -> None:
    with opened() as ledger:
        ledger.add(ALL)
        ana(ledger, "split", spoken(ledger, ONE).id, sid(TWO))
        assert spoken(ledger, ONE).id != spoken(ledger, TWO).id
        ana(ledger, "merge", spoken(ledger, TWO).id, spoken(ledger, THREE).id, day="2022-03-02")
        found = spoken(ledger, THREE)
        assert found.id == spoken(ledger, TWO).id
        assert len(found.judgements) == 2
        assert set(states(ledger).values()) == {"stands"}
        boris(ledger, "split", found.id, sid(THREE), day="2022-03-03")
        assert spoken(ledger, THREE).verdict == "disputed"
        assert "opposed" in states(ledger).values()
        assert spoken(ledger, THREE).id != spoken(ledger, TWO).id, "as the rules have it"


def test_the_clock_of_judgements(opened: Opener) -> None:
    with opened() as ledger:
        ledger.add(ALL)
        ana(ledger, "correct", sid(THREE), field="speaker", value=CHIEF, day="2022-03-05")
        ana(ledger, "reject", qid(ONE), day="2022-03-05")
        before, after = date(2022, 3, 4), date(2022, 3, 5)
        assert spoken(ledger, THREE, before).speaker == HEAD
        assert spoken(ledger, THREE, after).speaker == CHIEF
        assert len(ledger.accepted(Quantity, before)) == 3
        assert len(ledger.accepted(Quantity, after)) == 2


def test_a_quantity_is_corrected_and_rejected(opened: Opener) -> None:
    with opened() as ledger:
        ledger.add(ALL)
        ana(ledger, "correct", qid(ONE), field="value", value="~400-500")
        ana(ledger, "correct", qid(ONE), field="unit", value="crate")
        ana(ledger, "correct", qid(ONE), field="of", value="mortar-shells")
        ana(ledger, "correct", qid(ONE), field="level", value="")
        (held,) = (h for h in ledger.held(Quantity) if h.record.id == qid(ONE))
        q = held.record
        assert (q.value, q.max, q.approx, q.unit, q.of, q.level) == (
            400, 500, True, "crate", "mortar-shells", None,
        )  # fmt: skip
        assert held.corrected == ("level", "of", "unit", "value")
        ana(ledger, "reject", qid(TWO))
        assert {q.id for q in ledger.accepted(Quantity)} == {qid(ONE), qid(THREE)}
        assert len(ledger.quantities()) == 3
        assert "corrected unit crate" in shown(ledger, qid(ONE))


@pytest.mark.parametrize(
    ("verb", "names", "more", "told"),
    [
        ("confirm", "s-0", {}, "nothing in this ledger"),
        ("confirm", "q-0", {}, "nothing in this ledger"),
        ("confirm", "sid qid", {}, "several kinds"),
        ("merge", "qid qid", {}, "a quantity is of one report"),
        ("merge", "sid sid", {}, "named twice"),
        ("split", "sid sid", {}, "nothing to split so"),
        (
            "correct",
            "sid",
            {"field": "actors", "value": "POL"},
            "of a statement cannot be corrected",
        ),
        (
            "correct",
            "qid",
            {"field": "speaker", "value": "POL"},
            "of a quantity cannot be corrected",
        ),
        ("correct", "qid", {"field": "value", "value": "many"}, "is no"),
        ("correct", "sid", {"field": "form", "value": "loud"}, "is no form"),
        ("correct", "sid", {"field": "speaker", "value": "a b"}, "is no speaker"),
        ("correct", "sid", {"field": "date", "value": "tomorrow"}, "is no date"),
    ],
)
def test_what_cannot_be_judged_so(
    opened: Opener, verb: str, names: str, more: dict[str, str], told: str
) -> None:
    with opened() as ledger:
        ledger.add(ALL)
        ids = {"sid": sid(ONE), "qid": qid(ONE)}
        with pytest.raises(FoedusError, match=told):
            ana(ledger, verb, *(ids.get(n, n) for n in names.split()), **more)
        assert ledger.judgements() == ()


def test_judgements_follow_their_words_when_the_report_is_coded_anew(opened: Opener) -> None:
    with opened() as ledger:
        ledger.add(ALL)
        ana(ledger, "correct", sid(THREE), field="speaker", value=CHIEF)
        ana(ledger, "reject", qid(THREE))
        of, (statement, quantity) = THREE
        wider = msgspec.structs.replace(statement, span=(0, statement.span[1]))
        nearby = msgspec.structs.replace(quantity, span=(quantity.span[0], quantity.span[1] + 1))
        anew = coded(of, wider, nearby)
        ledger.add([anew])
        assert spoken(ledger, anew).speaker == CHIEF
        assert {q.id for q in ledger.accepted(Quantity)} == {qid(ONE), qid(TWO)}
        assert all(not j.orphans for j in ledger.judgements())
        ledger.add([coded(of)])
        assert {j.state for j in ledger.judgements()} == {"orphan"}
        assert {a.kind for j in ledger.judgements() for a in j.orphans} == {"statement", "quantity"}
        ledger.add([THREE])
        assert spoken(ledger, THREE).speaker == CHIEF, "taken up again"


def test_tables_say_what_is_held(opened: Opener) -> None:
    from foedus.ledger.out.tables import table_of

    with opened() as ledger:
        ledger.add(ALL)
        ana(ledger, "reject", sid(ONE))
        ana(ledger, "correct", qid(ONE), field="unit", value="crate")
        ana(ledger, "unsure", sid(THREE))
        content = Content(ledger)
        rows = {
            name: [dict(zip(t.heads, row, strict=True)) for row in t.rows]
            for name in ("statements", "quantities", "utterances")
            for t in [table_of(content, name)]
        }
        held = {row["id"]: row for row in (*rows["statements"], *rows["quantities"])}
        assert held[sid(ONE)]["verdict"] == "rejected"
        assert held[qid(ONE)]["corrected"] == ("unit",)
        assert held[qid(ONE)]["unit"] == "crate"
        doubted = [u for u in rows["utterances"] if u["verdict"] == "unsure"]
        assert [u["statements"] for u in doubted] == [(sid(THREE),)]


def test_a_corrected_day_is_the_day_it_was_said(opened: Opener) -> None:
    with opened() as ledger:
        ledger.add(ALL)
        ana(ledger, "correct", sid(THREE), field="date", value="2022-02-20")
        assert spoken(ledger, THREE).date == on("2022-02-20")
