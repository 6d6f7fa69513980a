"""What the documentation says exists: links resolve, verbs and options are described."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec
import pytest
import typer.main

from foedus.alliance.records import MechanismStatus, Reason
from foedus.cli import app
from foedus.ledger.out import FORMS
from foedus.ledger.out import TABLES as EXPORTED
from foedus.ledger.records import (
    Citation,
    Dating,
    DatingStep,
    Difference,
    Fact,
    Reading,
    Source,
)
from foedus.ledger.schema import TABLES

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = sorted(
    [*DOCS.rglob("*.md"), *ROOT.glob("*.md"), ROOT / "samples" / "README.md"],
    key=lambda page: page.as_posix(),
)
CLI_PAGE = DOCS / "reference" / "cli.md"
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def prose_of(page: Path) -> str:
    return FENCE.sub("", page.read_text(encoding="utf-8"))


def anchors_of(page: Path) -> set[str]:
    heads = re.findall(r"^#+ (.+)$", prose_of(page), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", head.casefold()).replace(" ", "-") for head in heads}


def section_of(verb: str) -> str:
    page = CLI_PAGE.read_text(encoding="utf-8")
    found = re.search(rf"^## foedus {verb}$(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    return found[1] if found else ""


COMMAND = typer.main.get_command(app)


def verbs_of(command: Any, before: str = "") -> dict[str, Any]:
    """Return the verbs by name, those of a group with the group's name before them."""
    found: dict[str, Any] = {}
    for name, verb in getattr(command, "commands", {}).items():
        inner = verbs_of(verb, f"{before}{name} ")
        found |= inner or {before + name: verb}
    return found


VERBS = verbs_of(COMMAND)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page: Path) -> None:
    for link in LINK.findall(prose_of(page)):
        assert "://" not in link, f"{link}: foedus's pages are read offline"
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        assert not anchor or anchor in anchors_of(target), link


def test_every_page_can_be_reached_from_the_index() -> None:
    index = DOCS / "index.md"
    linked = {(DOCS / link.partition("#")[0]).resolve() for link in LINK.findall(prose_of(index))}
    assert {page for page in DOCS.rglob("*.md") if page != index} <= linked


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_every_verb_and_each_of_its_options_is_documented(verb: str) -> None:
    section = section_of(verb)
    assert section, f"docs/reference/cli.md has no section on foedus {verb}"
    for parameter in VERBS[verb].params:
        names = [n for n in parameter.opts if n.startswith("--")] or [parameter.metavar]
        for name in names:
            # --help explains itself on every verb
            assert name == "--help" or name in section, f"foedus {verb}: {name}"


def test_no_verb_is_documented_that_does_not_exist() -> None:
    described = re.findall(
        r"^## foedus (\w+(?: \w+)*)$", CLI_PAGE.read_text(encoding="utf-8"), re.M
    )
    assert sorted(described) == sorted(VERBS)


def test_every_dependency_is_explained() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"]]
    for extra in project["optional-dependencies"].values():
        wanted += extra
    page = (DOCS / "background" / "dependencies.md").read_text(encoding="utf-8").casefold()
    for line in wanted:
        name = re.split(r"[<>=!~\[ ]", line)[0].casefold()
        assert f"`{name}`" in page, name


def test_the_readme_shows_the_brief_once_there_is_a_picture() -> None:
    if not (DOCS / "images" / "brief.png").exists():
        pytest.skip("the picture of the brief has not been made yet (docs/images/brief.png)")
    assert "](docs/images/brief.png)" in (ROOT / "README.md").read_text(encoding="utf-8")


def shapes_of(kinds: Iterable[type[msgspec.Struct]]) -> set[str]:
    return {field.encode_name for kind in kinds for field in msgspec.structs.fields(kind)}


def test_every_key_of_the_data_file_is_described() -> None:
    kinds = (
        MechanismStatus,
        Reason,
        Citation,
        Fact,
        Reading,
        Difference,
        Source,
        Dating,
        DatingStep,
    )
    page = (DOCS / "reference" / "brief-json.md").read_text(encoding="utf-8")
    assert not {key for key in shapes_of(kinds) if f"`{key}`" not in page}


def test_every_table_of_the_ledger_is_described() -> None:
    page = (DOCS / "reference" / "ledger.md").read_text(encoding="utf-8")
    for table, columns in TABLES.items():
        row = f"| `{table}` | {', '.join(f'`{name}`' for name, _ in columns)} |"
        assert row in page, table


def test_every_exported_table_is_described() -> None:
    page = (DOCS / "reference" / "ledger-tables.md").read_text(encoding="utf-8")
    for name, (columns, _) in EXPORTED.items():
        row = f"| `{name}` | {', '.join(f'`{column.name}`' for column in columns)} |"
        assert row in page, row
    assert [form for form in FORMS if f"`{form}`" not in page] == []


def test_every_declared_file_is_described() -> None:
    """A folder of files is described by ``name/*.yaml``, or by ``name.yaml`` for what it stands for."""
    page = (DOCS / "reference" / "declared-files.md").read_text(encoding="utf-8")
    for path in sorted((ROOT / "src" / "foedus").rglob("*.yaml")):
        folder = path.parent
        inside = [f"`{path.name}`", f"`{folder.name}/*.yaml`", f"`{folder.name}.yaml`"]
        whole = [
            f"`{path.relative_to(ROOT).as_posix()}`",
            f"`{folder.relative_to(ROOT).as_posix()}/`",
        ]
        assert any(name in page for name in (*inside, *whole)), path.relative_to(ROOT)
