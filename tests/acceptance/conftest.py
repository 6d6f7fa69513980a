"""Runs of `foedus brief`, kept for the session: each set of texts is read once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

pytest.register_assert_rewrite(
    "tests.acceptance.findings",
    "tests.acceptance.findings_limits",
    "tests.acceptance.findings_sources",
    "tests.acceptance.outcome",
)

from tests.acceptance.outcome import Outcome, load_outcome  # noqa: E402
from tests.acceptance.scenario import REPORTS  # noqa: E402

Run = Callable[[str, Mapping[str, str]], Outcome]


@pytest.fixture(scope="session")
def texts(shared: Path) -> dict[str, str]:
    """The five reports, as received."""
    found = {}
    for name in REPORTS:
        # read_text would translate line ends, and offsets are into the text as received
        found[name] = (shared / "reports" / f"{name}.txt").read_bytes().decode("utf-8")
    return found


@pytest.fixture(scope="session")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Read a set of texts and give what was found; the same name is read only once."""
    kept: dict[str, Outcome] = {}

    def once(name: str, reports: Mapping[str, str]) -> Outcome:
        if name not in kept:
            from foedus.brief import build_brief

            folder = tmp_path_factory.mktemp("reports")
            for label, text in reports.items():
                (folder / f"{label}.txt").write_bytes(text.encode("utf-8"))
            out = tmp_path_factory.mktemp("out")
            result = build_brief([folder], out, lang="fr")
            assert not result.failures
            kept[name] = load_outcome(out, reports)
        return kept[name]

    return once
