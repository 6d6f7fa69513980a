"""``foedus alliance``: what is declared, in words, and what is wrong with a folder."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from foedus.alliance import SHIPPED
from foedus.cli import app


def run(*args: object) -> Result:
    return CliRunner().invoke(app, ["alliance", *(str(a) for a in args)])


@pytest.fixture
def pact(tmp_path: Path) -> Path:
    folder = tmp_path / "pact"
    shutil.copytree(SHIPPED / "exercise", folder)
    return folder


def change(folder: Path, name: str, edit: Callable[[str], str]) -> None:
    file = folder / name
    text = file.read_text(encoding="utf-8")
    assert edit(text) != text
    file.write_text(edit(text), encoding="utf-8")


# --- check


def test_a_right_folder_has_remarks_and_counts_its_references(pact: Path) -> None:
    result = run("check", pact)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert all(line.startswith("remark: ") for line in lines[:-1])
    assert any("articles.yaml: 1 of 1 references are not checked" in line for line in lines)
    assert "no errors" in lines[-1]
    assert "not checked" in lines[-1]


def test_every_error_is_told_with_file_line_and_remedy(pact: Path) -> None:
    change(pact, "mechanisms.yaml", lambda t: t.replace("[party]", "[friend]", 1))
    change(pact, "members.yaml", lambda t: t.replace("state: cormund", "state: atlantis"))
    result = run("check", pact)
    assert result.exit_code == 1
    errors = [line for line in result.stdout.splitlines() if line.startswith("error: ")]
    assert len(errors) == 2
    assert "members.yaml:" in errors[0]
    assert "role 'friend', which is not declared" in errors[1]
    assert "(one of: ours, outsider, pact, party)" in errors[1]
    assert "2 errors" in result.stderr


def test_a_stage_that_nothing_sets_and_a_mechanism_that_nothing_ends_are_remarked(
    pact: Path,
) -> None:
    change(
        pact,
        "mechanisms.yaml",
        lambda t: t.replace("effect: terminates", "effect: claims").replace(
            "- {id: sailing,",
            "- {id: moored, names: {fr: à quai, en: moored}}\n      - {id: sailing,",
        ),
    )
    said = run("check", pact).stdout
    assert "no rule sets stage 'moored' of 'lake-patrol'" in said
    assert "nothing ends 'lake-patrol'" in said


def test_a_wrong_topic_is_an_error_of_the_folder(pact: Path) -> None:
    (pact / "topic.yaml").write_text(
        "about: [arvenia]\nparties: [nobody]\nlanguages: {}\n", encoding="utf-8"
    )
    result = run("check", pact)
    assert result.exit_code == 1
    assert "topic.yaml:2: 'nobody' is no role" in result.stdout


def test_a_folder_that_declares_nothing(tmp_path: Path) -> None:
    result = run("check", tmp_path)
    assert result.exit_code == 2
    assert "no alliance is declared here" in result.stderr


# --- show


def test_members_are_those_of_the_day() -> None:
    before = run("show", "--as-of", "2023-04-03", "--lang", "en").stdout
    after = run("show", "--as-of", "2023-04-04", "--lang", "en").stdout
    assert "30 members" in before
    assert "31 members" in after
    assert "FIN Finland, since April 4, 2023" in after


def test_a_mechanism_with_its_clauses_in_words() -> None:
    said = run("show", "article-5", "--as-of", "2022-03-01", "--lang", "en").stdout
    assert "An armed attack on a member" in said
    assert "reference to be checked" in said
    assert (
        "decision: act: Mobilisation; about: Article 5; by: the alliance or the Council"
        " → engages, stage “decided”"
    ) in said
    assert "by: but not the alliance, the Council or a member" in said
    assert "members" not in said


def test_forces_as_they_stood(pact: Path) -> None:
    said = run("show", "--alliance", pact, "--as-of", "2031-01-01", "--lang", "fr").stdout
    assert "Patrouille des lacs : depuis le 1er janvier 1995" in said
    assert "Arvénie" in next(line for line in said.splitlines() if "nation-cadre" in line)
    assert "Pas de mines" in said


def test_the_same_as_json() -> None:
    shown = json.loads(run("show", "no-troops", "--as-of", "2022-03-01", "--format", "json").stdout)
    (mechanism,) = shown["mechanisms"]
    assert (mechanism["id"], mechanism["kind"]) == ("no-troops", "limit")
    assert {r["effect"] for r in mechanism["rules"]} == {
        "rules_out", "initiates", "terminates", "asks",
    }  # fmt: skip
    assert shown["as_of"] == "2022-03-01"


def test_a_mechanism_that_is_none_names_the_nearest() -> None:
    result = run("show", "artcle-5")
    assert result.exit_code == 2
    assert "did you mean article-5" in result.stderr
