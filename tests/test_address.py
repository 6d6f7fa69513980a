"""Where a ledger lies, and that its password is nowhere to be seen."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.address import Address
from foedus.errors import FoedusError


@pytest.mark.parametrize("place", ["crisis.duckdb", "a/b", "C:/x/y", "C://x", "x:y", "", "a?b@c"])
def test_what_is_no_url_is_a_path(place: str) -> None:
    assert Address.of(place).path == Path(place)
    assert str(Address.of(place)) == str(Path(place))


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://ana@db.example/crisis", "postgresql://ana@db.example/crisis"),
        ("postgres://ana:geheim@db:5433/crisis", "postgresql://ana@db:5433/crisis"),
        ("PostgreSQL://ana:geheim@db/crisis", "postgresql://ana@db/crisis"),
        ("postgresql://ana:geheim@a:1,b:2/x", "postgresql://ana@a:1,b:2/x"),
        ("postgresql://ana:geheim@[::1]:5432/x", "postgresql://ana@[::1]:5432/x"),
        ("postgresql://ana:geheim@[::1]/x", "postgresql://ana@[::1]/x"),
        ("postgresql:///crisis?host=/run&password=geheim", "postgresql:///crisis"),
        ("postgresql://?service=team", "postgresql://?service=team"),
        ("postgresql://ana:ge@heim@db/x", "postgresql://ana@db/x"),
        ("postgresql://ana:ge/heim@db/x", "postgresql://ana@db/x"),
        ("postgresql://ana:ge?heim@db/x", "postgresql://…"),
        ("postgresql://ana:geheim/x", "postgresql://…/x"),
        ("postgresql://db/x?password=ge@heim", "postgresql://…"),
        ("postgresql://ana:geheim@db/x#geheim", "postgresql://ana@db/x"),
    ],
)
def test_a_url_shows_no_password(url: str, shown: str) -> None:
    address = Address.of(url)
    assert str(address) == shown
    assert "geheim" not in repr(address)
    assert address.url is not None
    assert address.url.partition("://")[2] == url.partition("://")[2]
    assert Address.of(address) == address


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=4))
def test_no_password_shows_however_it_is_written(secret: str) -> None:
    secret = f"<{secret}>"
    for url in (f"postgresql://u:{secret}@h:5432/d", f"postgresql://h/d?password={secret}"):
        assert secret not in str(Address.of(url))


@pytest.mark.parametrize(
    "place", ["mysql://ana:geheim@db/x", "https://geheim@h", Path("postgresql://ana:geheim@h/x")]
)
def test_what_is_no_ledger_is_told_without_its_password(place: str | Path) -> None:
    with pytest.raises(FoedusError) as told:
        Address.of(place)
    assert "geheim" not in str(told.value)
