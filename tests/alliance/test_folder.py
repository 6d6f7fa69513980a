"""Reading a folder: what it offers, and what is said of one that is wrong."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

import foedus.brief
from foedus.alliance import SHIPPED, Alliance, check, load_alliance
from foedus.errors import FoedusError
from foedus.world import load_world
from tests.alliance.builders import WORLD

BRIEF = Path(foedus.brief.__file__).parent
CODEBOOK_CUES = {
    "article-4", "article-5", "defence-plans", "response-force", "vjtf", "forward-presence",
    "council", "summit", "defence-ministers", "peace-mission", "no-fly-zone", "no-troops",
    "not-a-party", "partner-support", "training", "refugees", "stockpiles", "cyber", "nuclear",
    "sanctions", "command",
}  # fmt: skip


def test_members_on_a_day(nato: Alliance) -> None:
    assert len(nato.members(date(1949, 8, 24))) == 12
    assert len(nato.members(date(2022, 2, 24))) == 30
    assert "FIN" not in nato.members(date(2023, 4, 3))
    assert "FIN" in nato.members(date(2023, 4, 4))
    assert nato.members(date(1949, 4, 4)) == ()


def test_membership_in_the_fictional_pact_ends(exercise: Alliance) -> None:
    assert exercise.members(date(2030, 12, 31)) == ("arvenia", "bostrel")
    assert exercise.members(date(2031, 1, 1)) == ("arvenia",)


def test_every_cue_of_the_codebook_has_wording_in_both_languages(nato: Alliance) -> None:
    for language in ("fr", "en"):
        assert {c.cue for c in nato.cues if c.language == language} == CODEBOOK_CUES


def test_the_calendar_is_dated_ordered_and_referenced(nato: Alliance) -> None:
    dates = [act.act.date for act in nato.calendar if act.act.date is not None]
    assert len(dates) == len(nato.calendar)
    assert dates == sorted(dates)
    assert len({act.act.id for act in nato.calendar}) == len(nato.calendar)
    assert all(act.reference and act.line > 1 for act in nato.calendar)
    video = [a.act for a in nato.calendar if "summit" in a.act.cues and a.act.mode == "phone"]
    assert [a.date.start for a in video if a.date] == [date(2022, 2, 25)]


def test_limits_and_competence(nato: Alliance) -> None:
    assert nato.limits == ("no-troops", "no-fly-zone", "not-a-party")
    assert "council" in nato.competent["article-5"]


def test_an_unknown_mechanism_is_named_with_the_known(nato: Alliance) -> None:
    with pytest.raises(FoedusError, match="no mechanism 'article-6'"):
        nato.mechanism("article-6")


def test_shipped_folders_are_right() -> None:
    assert check("exercise", WORLD) == ()
    assert check("nato") == ()


def test_everybody_named_is_in_the_world_register() -> None:
    assert [str(problem) for problem in check("nato", load_world())] == []


def test_no_code_knows_an_alliance() -> None:
    for path in sorted(SHIPPED.parent.glob("*.py")):
        text = path.read_text(encoding="utf-8").lower()
        for word in ("stoltenberg", "ukr", "article-5", "arvenia", "response-force"):
            assert word not in text, f"{path.name} names {word}"


def test_no_code_of_the_brief_knows_an_alliance() -> None:
    rooms = [BRIEF, BRIEF / "simulated", BRIEF / "coded"]
    for path in sorted(p for room in rooms for p in room.glob("*.py")):
        text = path.read_text(encoding="utf-8").lower()
        for word in ("stoltenberg", "article-5", "response-force", '"west"', '{"sanctions"}'):
            assert word not in text, f"{path.name} names {word}"


def test_the_organs_and_those_by_whom_it_is_meant_are_declared(
    nato: Alliance, exercise: Alliance
) -> None:
    assert nato.own == ("nato", "north-atlantic-council")
    assert nato.declared.meant_by == ("west",)
    assert exercise.own == ("six-lakes-pact", "lakes-assembly")
    assert nato.sections == {"sanctions": ("sanctions",)}
    assert nato.cue_names["vjtf"]["en"] == "spearhead of the response force"


def test_a_folder_that_is_none() -> None:
    with pytest.raises(FoedusError, match=r"no alliance is declared here.*exercise"):
        load_alliance("atlantis")


Change = Callable[[str], str]


def swap(old: str, new: str) -> Change:
    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return change


WRONG: list[tuple[str, str, Change, str]] = [
    (
        "a rule that ends a stage that engages",
        "mechanisms.yaml",
        swap("effect: ends\n        stage: asked", "effect: ends\n        stage: granted"),
        "ends stage 'granted'",
    ),
    (
        "a rule that ends what it brings",
        "mechanisms.yaml",
        swap("stage: asked\n        when: {types: [CONCEDE]", "stage: asked\n        when: {types: [REQUEST]"),
        "contradict",
    ),
    (
        "a rule that forbids whom it wants by another name",
        "mechanisms.yaml",
        swap("actors: {any: [party]}}", "actors: {any: [party], none: [ours]}}"),
        "forbids 'ours'",
    ),
    (
        "a rule of days without members",
        "mechanisms.yaml",
        swap("actors: {any: [party]}}", "until: 1980-01-01, actors: {any: [party]}}"),
        "there is no member",
    ),
    ("a stage twice", "mechanisms.yaml", swap("{id: granted,", "{id: asked,"), "'asked' stands twice"),
    ("an organ nobody knows", "alliance.yaml", swap("organs: [", "organs: [harbour-board, "), "harbour-board"),
    (
        "a name for a cue that is none",
        "cues.yaml",
        lambda text: text + "names:\n  mutual-ade: {en: aid}\n",
        "cue 'mutual-ade'",
    ),
    ("an unknown key", "mechanisms.yaml", swap("effect: rules_out", "efect: rules_out"), "efect"),
    ("an unknown type", "mechanisms.yaml", swap("[REQUEST]", "[BEG]"), "BEG"),
    ("an unknown role", "mechanisms.yaml", swap("[party]", "[friend]"), "role 'friend'"),
    ("an unknown cue", "mechanisms.yaml", swap("[mutual-aid]", "[mutual-ade]"), "mutual-ade"),
    ("an unknown stage", "mechanisms.yaml", swap("stage: granted", "stage: give"), "stage 'give'"),
    ("an unknown article", "mechanisms.yaml", swap('article: "7"', 'article: "9"'), "article '9'"),
    (
        "a rule that can never fire",
        "mechanisms.yaml",
        swap("cues: [mutual-aid], actors", "cues: [mutual-aid], polarity: negated, actors"),
        "can never fire",
    ),
    ("a stage without beginning", "mechanisms.yaml", swap("effect: rules_out", "effect: rules_out\n        stage: asked"), "sets a stage"),
    ("a rule twice", "mechanisms.yaml", swap("id: grant\n", "id: request\n"), "'request' stands twice"),
    ("two memberships at once", "members.yaml", swap("state: cormund", "state: arvenia"), "twice"),
    ("an unknown state", "members.yaml", swap("state: cormund", "state: atlantis"), "atlantis"),
    ("dates turned round", "members.yaml", swap("left: 2030-12-31", "left: 1980-12-31"), "ends"),
    ("a leader that is no member", "forces.yaml", swap("state: arvenia", "state: drossia"), "drossia"),
    ("two leaders at once", "forces.yaml", swap("start: 2031-01-01", "start: 2030-01-01"), "two states"),
    ("a cue kind without wording", "cues.yaml", swap("broad: [lake-patrol]", "broad: [lake-cruise]"), "no wording is declared for cue 'lake-cruise'"),
    ("an instrument that no wording adds", "cues.yaml", swap("broad: [lake-patrol]", "telling: [boats]"), "no wording adds the instrument 'boats'"),
    ("an unknown cue kind", "cues.yaml", swap("broad: [lake-patrol]", "brood: [lake-patrol]"), "brood"),
    ("capitals in wording", "cues.yaml", swap('"entraide"', '"Entraide"'), "never be found"),
    ("a circle of roles", "alliance.yaml", swap("members: true}", "roles: [ours]}"), "itself"),
    (
        "a body that nobody knows",
        "alliance.yaml",
        swap("body: six-lakes-pact", "body: seven-lakes"),
        "body 'seven-lakes'",
    ),
    (
        "a force of nothing",
        "forces.yaml",
        swap("mechanism: lake-patrol", "mechanism: lake-petrol"),
        "belongs to 'lake-petrol', which is not declared",
    ),
    (
        "a leader that has left",
        "forces.yaml",
        swap("1995-01-01, end: 2030-12-31", "1995-01-01, end: 2031-12-31"),
        "bostrel leads force 'lake-patrol' on days on which it is no member",
    ),
    (
        "a leader of nothing",
        "forces.yaml",
        swap("{state: bostrel, start: 1995-01-01", "{state: bostrel, start: 1994-01-01"),
        "on days on which there is none",
    ),
    (
        "a force turned round",
        "forces.yaml",
        swap("start: 1995-01-01\n", "start: 1995-01-01\n    end: 1994-01-01\n"),
        "ends before it starts",
    ),
    (
        "outside before joining",
        "members.yaml",
        swap(
            "    joined: 2031-06-01\n",
            "    joined: 2031-06-01\n    outside:\n      - {start: 2030-01-01, end: 2032-01-01, reference: {body: b, title: t, date: 2030-01-01}}\n",
        ),
        "outside on days on which it is no member",
    ),
    (
        "two periods outside at once",
        "members.yaml",
        swap(
            "    joined: 2031-06-01\n",
            "    joined: 2031-06-01\n    outside:\n      - {start: 2032-01-01, reference: {body: b, title: t, date: 2030-01-01}}\n"
            "      - {start: 2033-01-01, reference: {body: b, title: t, date: 2030-01-01}}\n",
        ),
        "outside overlap",
    ),
    (
        "a role that nobody has",
        "mechanisms.yaml",
        swap("actors: {any: [party]}", "actors: {any: [stranger]}"),
        "can never fire: nobody can be 'stranger'",
    ),
    (
        "a mode that the type has not",
        "mechanisms.yaml",
        swap("{types: [REQUEST], cues", "{types: [REQUEST], modes: [troops], cues"),
        "no act of that type has the mode 'troops'",
    ),
    (
        "a context that is none",
        "mechanisms.yaml",
        swap("{types: [REQUEST], cues", "{types: [REQUEST], contexts: [lakes], cues"),
        "no act has the context 'lakes'",
    ),
    (
        "one mode of several that the type has not",
        "mechanisms.yaml",
        swap("{types: [MOBILIZE], cues", "{types: [MOBILIZE], modes: [troops, troups], cues"),
        "has the mode 'troups'",
    ),
    (
        "an id that is none",
        "mechanisms.yaml",
        swap("id: assembly", "id: ../assembly"),
        "'../assembly' is no id",
    ),
    ("an empty id", "alliance.yaml", swap("id: outsider", 'id: ""'), "'' is no id"),
    (
        "a rule for ever",
        "mechanisms.yaml",
        swap("lasts: 3", "lasts: 99999999999"),
        "lasts over a century",
    ),
    (
        "a base that nobody knows",
        "forces.yaml",
        swap("host: arvenia", "host: arvenia\n    base: nowhere"),
        "base 'nowhere' is not in the world register",
    ),
    (
        "an act of history with a mode that is none",
        "history/record.yaml",
        swap("type: ", "mode: vist\n    type: "),
        "no act of that type has the mode 'vist'",
    ),
    ("a year for a day", "members.yaml", swap("joined: 1990-05-01", "joined: 1990"), "write a day as"),
    ("a tag", "alliance.yaml", swap("organs: [", "organs: !!set ["), "tag"),
    (
        "a state never reached",
        "mechanisms.yaml",
        swap(
            "cues: [lake-patrol], actors: {any: [ours]}}",
            "cues: [lake-patrol], actors: {any: [ours]}, states: [{mechanism: mutual-aid, stages: [asked]}]}",
        ),
        "'mutual-aid' never stands so (engaged, asked) (one of: not_engaged (asked), engaged (granted)",
    ),
    ("no days", "mechanisms.yaml", swap("lasts: 1", "lasts: 0"), "can never fire: it lasts 0 days"),
    (
        "days of a claim",
        "mechanisms.yaml",
        swap("effect: claims", "effect: claims\n        lasts: 3"),
        "lasts but only claims",
    ),
    ("an open closing", "mechanisms.yaml", swap("        lasts: 1\n", ""), "does not say when"),
    (
        "an end that closes",
        "mechanisms.yaml",
        swap("effect: rules_out", "effect: rules_out\n        closes: true"),
        "closes but engages nothing",
    ),
    (
        "a contradiction by what a role is made of",
        "mechanisms.yaml",
        swap(
            "when: {types: [RETREAT], cues: [lake-patrol], actors: {any: [ours]}}",
            "when: {types: [MOBILIZE], cues: [lake-patrol], actors: {any: [party]}}",
        ),
        "every act that fits 'returns' fits 'sets-sail' too",
    ),
    ("a competent nobody", "mechanisms.yaml", swap("[pact]", "[nobody]"), "nobody"),
    ("no YAML", "articles.yaml", swap("articles:", "articles: ["), "no YAML"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "change", "said"), [w[1:] for w in WRONG], ids=[w[0] for w in WRONG]
)
def test_a_wrong_folder_is_told_with_file_and_line(
    tmp_path: Path, name: str, change: Change, said: str
) -> None:
    folder = tmp_path / "pact"
    shutil.copytree(SHIPPED / "exercise", folder)
    roles = folder / "alliance.yaml"
    stranger = "  - {id: stranger, names: {fr: x, en: x}}\nreference"
    roles.write_text(roles.read_text(encoding="utf-8").replace("reference", stranger, 1))
    file = folder / name
    file.write_text(change(file.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(FoedusError) as caught:
        load_alliance(folder, WORLD)
    assert said in str(caught.value)
    assert caught.value.where is not None
    assert f"{name}:" in caught.value.where
    assert any(said in str(problem) for problem in check(folder, WORLD))


def test_several_problems_are_all_told(tmp_path: Path) -> None:
    folder = tmp_path / "pact"
    shutil.copytree(SHIPPED / "exercise", folder)
    file = folder / "mechanisms.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("[party]", "[friend]", 1).replace("stage: laid", "stage: gone"))
    assert len(check(folder)) == 2


HOSTILE = {
    "brackets without end": ("a: " + "[" * 100_000, "nested over 50 deep"),
    "mappings in mappings": ("cues: " + "{a: " * 3000 + "1" + "}" * 3000, "nested over 50 deep"),
    "a list as key": ("? [a, b]\n: c\n", "a key is no word"),
    "an alias": ("a: &x [1]\nb: *x\n", "aliases"),
    "no text at all": ("a: \x00\n", "holds characters"),
    "two documents": ("a: b\n---\nc: d\n", "is no YAML"),
    "nothing": ("", "Expected `object`"),
    "a number of many digits": ("cues: " + "9" * 5000, "is no whole number of so many digits"),
}


@pytest.mark.parametrize("name", list(HOSTILE))
def test_hostile_yaml_is_an_error_of_one_line(tmp_path: Path, name: str) -> None:
    text, said = HOSTILE[name]
    folder = tmp_path / "pact"
    shutil.copytree(SHIPPED / "exercise", folder)
    (folder / "cues.yaml").write_text(text, encoding="utf-8")
    (problem,) = check(folder, WORLD)
    assert said in str(problem)
    assert "cues.yaml" in str(problem.where)


def test_what_is_no_file_is_not_read(tmp_path: Path) -> None:
    folder = tmp_path / "pact"
    shutil.copytree(SHIPPED / "exercise", folder)
    (folder / "cues.yaml").unlink()
    os.mkfifo(folder / "cues.yaml")
    assert "is no file" in str(check(folder, WORLD)[0])


def test_an_alliance_without_a_mechanism(tmp_path: Path) -> None:
    folder = tmp_path / "pact"
    shutil.copytree(SHIPPED / "exercise", folder)
    (folder / "mechanisms.yaml").write_text("mechanisms: []\n", encoding="utf-8")
    (problem,) = check(folder, WORLD)
    assert "no mechanism is declared" in str(problem)
