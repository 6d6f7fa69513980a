"""The register of known events: what is shipped, what is refused, what is added."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from foedus.acts import day
from foedus.errors import FoedusError
from foedus.world import Added, World, load_world

Write = Callable[..., Path]

FLOOD = """
    landmarks:
      moscow-flood:
        names: {fr: Crue de la Moskova, en: Flood of the Moskva}
        date: 2021-04-11
        types: [AID, REQUEST]
        recipients: [RUS]
        places: [moscow]
        marks:
          - {words: {fr: [crue, inond], en: [flood]}, with: {any: [moskva]}, near: 30}
        reference: {body: A, title: Report, date: 2021-05-01}
    """


def test_the_shipped_events_are_dated_named_and_marked(world: World) -> None:
    assert len(world.landmarks) > 100
    for event in world.landmarks.values():
        assert date(2013, 1, 1) < event.days.start <= event.days.end < date(2025, 1, 1)
        assert event.names["fr"], event.names["en"]
        assert event.line > 1
        assert event.marks


def test_the_shipped_events_leave_open_what_is_disputed(world: World) -> None:
    for name in ("przewodow-missile", "nord-stream-sabotage", "mh17", "kakhovka-dam", "olenivka"):
        assert not world.landmarks[name].actors


def test_an_event_says_days_and_words(folder: Write) -> None:
    event = load_world(folder(landmarks=FLOOD)).landmarks["moscow-flood"]
    assert event.days == day(date(2021, 4, 11))
    assert (event.file.rpartition("/")[2], event.line) == ("landmarks.yaml", 2)
    (mark,) = event.marks
    assert re.search(mark.words["fr"], "les inondations de la moskova")
    assert not re.search(mark.words["fr"], "le recrutement")
    assert re.search(mark.beside["any"], "la moskva")


def test_words_of_a_phrase_may_have_a_few_others_between(folder: Write) -> None:
    world = load_world(folder(landmarks=FLOOD.replace("[crue, inond]", "[crue moskova]")))
    pattern = world.landmarks["moscow-flood"].marks[0].words["fr"]
    assert re.search(pattern, "la crue soudaine de la moskova")
    assert not re.search(pattern, "la crue du fleuve qui traverse la ville : la moskova")


def test_a_month_or_year_alone_may_be_sure(folder: Write) -> None:
    month = FLOOD.replace("2021-04-11", "2021-04-11\n        precision: month")
    days = load_world(folder(landmarks=month)).landmarks["moscow-flood"].days
    assert (days.start, days.end) == (date(2021, 4, 1), date(2021, 4, 30))


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("[AID, REQUEST]", "[AID, FLOOD]", 5, "'FLOOD'"),
        ("[AID, REQUEST]", "[]", 2, "has no types"),
        ("recipients: [RUS]", "recipients: [UKR]", 6, "'UKR' is no known id"),
        ("places: [moscow]", "places: [nato]", 7, "'nato' is a body, not a place"),
        (", en: Flood of the Moskva", "", 3, "no name in 'en'"),
        ("date: 2021-04-11", "date: 2021-04-11\n        until: 2021-04-01", 5, "ends before"),
        ("[crue, inond]", "[Crue]", 9, "'Crue' is not looked for"),
        ("[crue, inond]", '["l\'eau"]', 9, "is not looked for"),
        ("words: {fr: [crue, inond], en: [flood]}, with: {any: [moskva]}, ", "", 9, "fit anything"),
        ("words: {fr: [crue, inond], en: [flood]}", "places: [moscow]", 9, "stands by itself"),
        ("near: 30", "near: -1", 9, "less than no day"),
        ("near: 30", "nearby: 30", 9, "nearby"),
        ("near: 30", "told: [moscow-fire]", 9, "'moscow-fire' is no known event"),
    ],
)
def test_a_wrong_event_is_refused(folder: Write, old: str, new: str, line: int, what: str) -> None:
    assert old in FLOOD
    with pytest.raises(FoedusError) as error:
        load_world(folder(landmarks=FLOOD.replace(old, new)))
    assert f"landmarks.yaml:{line}:" in str(error.value)
    assert what in str(error.value)


def test_a_folder_may_add_events_and_moving_one_changes_nothing(tmp_path: Path) -> None:
    text = FLOOD.replace("\n    ", "\n").lstrip()
    (tmp_path / "landmarks.yaml").write_text(text, encoding="utf-8")
    added = load_world(added=Added.of(tmp_path))
    assert added.landmarks["moscow-flood"].places == ("moscow",)
    assert added.fingerprint != load_world().fingerprint
