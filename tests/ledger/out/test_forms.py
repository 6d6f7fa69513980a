"""Other people's formats, read back by small strict readers of their own."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.errors import FoedusError
from foedus.ledger import Ledger
from foedus.ledger.out import OF_FACTS, Content
from foedus.ledger.out.forms import load_forms
from foedus.ledger.out.ical import escaped, folded

TEXT = st.text(st.characters(exclude_categories=["Cs"]))


def exported(ledger: Ledger, folder: Path, form: str, **more: Any) -> str:
    (path,) = ledger.export(folder, form, **more)
    return path.read_bytes().decode("utf-8")


# --- event rows


def test_event_rows_are_dyads(crisis: Ledger, tmp_path: Path) -> None:
    text = exported(crisis, tmp_path, "plover")
    rows = list(csv.DictReader(text.splitlines()))
    aid = [r for r in rows if r["event_type"] == "AID"]
    assert [(r["actor"], r["actor_country"], r["recipient"]) for r in aid] == [
        ("DEU", "DEU", "UKR"),
        ("FRA", "FRA", "UKR"),
    ]
    assert len({r["event_id"] for r in aid}) == 1
    assert (aid[0]["quad"], aid[0]["event_date"]) == ("material-cooperation", "2022-03-01")
    assert (aid[0]["sources"], aid[0]["differs"]) == ("2", "polarity; quantity:tanks:item")
    accuse = next(r for r in rows if r["event_type"] == "ACCUSE" and r["actor"] != "RUS")
    assert accuse["actor"] == "'=HYPERLINK(1)"
    assert accuse["countries"] == "UKR"


def test_every_type_has_a_quad() -> None:
    assert len(set(load_forms().quads.values())) == 4


# --- FollowTheMoney

FTM_KEYS = [
    "canonical_id", "entity_id", "prop", "schema", "value", "dataset", "lang", "original_value",
    "first_seen", "last_seen", "external", "origin", "id",
]  # fmt: skip
FTM_PROPERTIES = {
    "Event": {"id", "name", "recordId", "date", "startDate", "endDate", "location", "keywords",
              "country", "involved", "publisher", "summary", "sourceUrl"},
    "PublicBody": {"id", "name", "country"},
    "Organization": {"id", "name", "country"},
    "Person": {"id", "name", "country"},
    "LegalEntity": {"id", "name", "country"},
}  # fmt: skip


def test_statements_are_as_followthemoney_reads_them(crisis: Ledger, tmp_path: Path) -> None:
    lines = exported(crisis, tmp_path, "ftm").split("\n")
    assert lines.pop() == ""
    rows = [json.loads(line) for line in lines]
    schema: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        assert list(row) == FTM_KEYS
        assert row["prop"] in FTM_PROPERTIES[row["schema"]]
        assert row["value"]
        key = "{dataset}.{entity_id}.{prop}.{value}".format(**row)
        key += f"@{row['lang']}" if row["lang"] else ""
        assert row["id"] == hashlib.sha1(key.encode()).hexdigest()
        assert row["first_seen"] is None or row["first_seen"] <= row["last_seen"]
        schema[row["entity_id"]].add(row["schema"])
    assert len({row["id"] for row in rows}) == len(rows)
    assert all(len(kinds) == 1 for kinds in schema.values())
    # every entity exists, and first of all
    assert {r["entity_id"] for r in rows if r["prop"] == "id"} == set(schema)
    assert [r["value"] for r in rows if r["prop"] == "involved" and r["value"] not in schema] == []
    assert rows == sorted(rows, key=lambda r: (r["canonical_id"], r["prop"] != "id", r["id"]))


def test_a_state_has_its_country_and_a_value_the_days_it_was_seen(
    crisis: Ledger, tmp_path: Path
) -> None:
    rows = [json.loads(line) for line in exported(crisis, tmp_path, "ftm").splitlines()]
    assert [
        r["value"] for r in rows if r["entity_id"] == "foedus-RUS" and r["prop"] == "country"
    ] == ["ru"]
    (ukraine,) = [r for r in rows if r["entity_id"] == "foedus-UKR" and r["prop"] == "id"]
    assert (ukraine["first_seen"], ukraine["last_seen"]) == ("2022-03-02", "2022-03-09")


# --- PROV-JSON

PROV_ENDS = {
    "wasDerivedFrom": ("generatedEntity", "entity", "usedEntity", "entity"),
    "wasGeneratedBy": ("entity", "entity", "activity", "activity"),
    "used": ("activity", "activity", "entity", "entity"),
    "wasAttributedTo": ("entity", "entity", "agent", "agent"),
    "wasAssociatedWith": ("activity", "activity", "agent", "agent"),
    "alternateOf": ("alternate1", "entity", "alternate2", "entity"),
}


def check_prov(document: dict[str, Any]) -> None:
    """Every relation leads from a declared element to a declared element of the right kind."""
    assert set(document) <= {"prefix", "entity", "activity", "agent", *PROV_ENDS}
    for kind in ("entity", "activity", "agent"):
        for name in document.get(kind, {}):
            assert re.fullmatch(r"foedus:[A-Za-z0-9_.~%-]+", name), name
    for relation, (a, kind_a, b, kind_b) in PROV_ENDS.items():
        for ends in document.get(relation, {}).values():
            assert set(ends) <= {f"prov:{a}", f"prov:{b}", "prov:type"}
            assert ends[f"prov:{a}"] in document[kind_a]
            assert ends[f"prov:{b}"] in document[kind_b]


def test_prov_leads_from_each_fact_to_the_bytes(
    crisis: Ledger, content: Content, tmp_path: Path
) -> None:
    document = json.loads(exported(crisis, tmp_path, "prov"))
    check_prov(document)
    made: dict[str, set[str]] = defaultdict(set)
    for ends in document["wasDerivedFrom"].values():
        made[ends["prov:generatedEntity"]].add(ends["prov:usedEntity"])
    for fact in content.facts:
        for act in made[f"foedus:fact-{fact.id}"]:
            (report,) = (name for name in made[act] if name.startswith("foedus:report-"))
            quoted = document["entity"][act]
            text = content.reports[document["entity"][report]["foedus:sha256"]].text
            start, end = quoted["foedus:start"], quoted["foedus:end"]
            assert quoted.get("prov:value", "") == text[start:end]


def test_prov_of_one_fact_holds_that_fact(crisis: Ledger, content: Content, tmp_path: Path) -> None:
    fact = next(f for f in content.facts if f.type == "AID" and f.differences)
    for asked in (fact.id, fact.id[:12], fact.readings[0].act.id):
        document = json.loads(exported(crisis, tmp_path, "prov", fact=asked))
        check_prov(document)
        facts = [n for n, e in document["entity"].items() if e["prov:type"] == "fact"]
        assert facts == [f"foedus:fact-{fact.id}"]
        assert len(document["alternateOf"]) == 1
        assert "foedus:speaker-emmanuel-macron" in document["agent"]


def test_one_fact_is_no_table(crisis: Ledger, tmp_path: Path) -> None:
    with pytest.raises(FoedusError, match="an export as csv is of the whole ledger"):
        crisis.export(tmp_path, "csv", fact="f-1")
    for form in OF_FACTS:
        with pytest.raises(FoedusError, match="nothing in this ledger has the id 'f-none'"):
            crisis.export(tmp_path, form, fact="f-none")


# --- iCalendar


def read_calendar(text: str) -> list[dict[str, str]]:
    """Read a calendar as RFC 5545 has it: physical lines, unfolded lines, properties."""
    assert text.endswith("\r\n")
    lines = text[:-2].split("\r\n")
    for line in lines:
        assert len(line.encode()) <= 75
        assert not re.search(r"[\x00-\x08\x0a-\x1f\x7f]", line), line
    whole = "\r\n".join(lines).replace("\r\n ", "").split("\r\n")
    assert whole[0] == "BEGIN:VCALENDAR"
    assert whole[-1] == "END:VCALENDAR"
    assert "VERSION:2.0" in whole
    events: list[dict[str, str]] = []
    for line in whole[1:-1]:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            events.append({})
        elif events and line != "END:VEVENT":
            assert name not in events[-1]
            events[-1][name] = value
    return events


def plain(value: str) -> str:
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], value)


def test_dated_facts_are_all_day_events(crisis: Ledger, tmp_path: Path) -> None:
    events = read_calendar(exported(crisis, tmp_path, "ical"))
    (hostile, aid, summit) = sorted(events, key=lambda e: e["SUMMARY"])
    assert plain(hostile["DESCRIPTION"]).endswith("hostile [0:10]: =cmd|' /C")
    assert plain(aid["SUMMARY"]) == "AID: Germany, France → Ukraine (disputed)"
    assert (aid["DTSTART;VALUE=DATE"], aid["DTEND;VALUE=DATE"]) == ("20220301", "20220302")
    assert aid["DTSTAMP"] == "20220302T000000Z"
    assert (summit["DTSTART;VALUE=DATE"], summit["DTEND;VALUE=DATE"]) == ("20220301", "20220401")
    assert summit["SUMMARY"].endswith("(future) [month]")
    assert (summit["STATUS"], summit["X-FOEDUS-PRECISION"]) == ("TENTATIVE", "month")
    assert len({e["UID"] for e in events}) == len(events)


def test_an_event_keeps_its_uid_when_a_later_report_tells_it_too(
    crisis: Ledger, tmp_path: Path
) -> None:
    early = exported(crisis, tmp_path, "ical", known_by=date(2022, 3, 3))
    late = exported(crisis, tmp_path, "ical")
    assert {e["UID"] for e in read_calendar(early)} < {e["UID"] for e in read_calendar(late)}
    assert early != late


@given(TEXT)
def test_any_text_is_one_property(text: str) -> None:
    line = f"SUMMARY:{escaped(text)}"
    pieces = list(folded(line))
    assert all(len(p.encode()) <= 75 for p in pieces)
    assert pieces[0] + "".join(p[1:] for p in pieces[1:]) == line
    assert all(p.startswith(" ") for p in pieces[1:])
    assert not re.search(r"[\x00-\x1f\x7f-\x9f]", line)
    assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", escaped(text))
    kept = text.replace("\r\n", "\n").replace("\r", "\n")
    assert plain(escaped(text)) == re.sub(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", " ", kept)
