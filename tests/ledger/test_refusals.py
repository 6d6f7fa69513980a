"""What a server refuses, told by its state or, where there is none, by its words."""

from __future__ import annotations

import pytest

from foedus.address import Address

psycopg = pytest.importorskip("psycopg")

ADDRESS = Address.of("postgresql://ana:geheim@db/crisis?sslpassword=auch")


def told(error: Exception) -> tuple[str, str]:
    from foedus.ledger.store.refusals import refusal

    return refusal(error, ADDRESS)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("53100", "the server's disk is full; nothing of this step was kept"),
        ("53200", "the server has run out of something"),
        ("53300", "too many are connected"),
        ("25006", "read-only"),
        ("25P03", "the connection to the server was lost"),
        ("40001", "another program changed the same rows; nothing of this step was kept"),
        ("40P01", "another program changed the same rows"),
        ("57P01", "the connection to the server was lost"),
        ("57P03", "starting or stopping"),
        ("08006", "the connection to the server was lost"),
        ("42P01", "tables of the ledger are missing"),
    ],
)
def test_a_state_is_told_in_plain_words(state: str, words: str) -> None:
    what, remedy = told(psycopg.errors.lookup(state)("irgendetwas"))
    assert words in what
    assert remedy


def test_what_is_not_known_is_passed_on_without_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPASSWORD", "dritte")
    text = "FATAL:  geheim, auch et dritte\nne conviennent pas"
    assert told(psycopg.OperationalError(text))[0] == "the server refuses: FATAL:  …, … et …"
