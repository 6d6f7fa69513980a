"""A small world for the tests of this room: a few outlets and places, found by plain search."""

from __future__ import annotations

import re
from typing import cast

from foedus.world import Mention, Outlet, Ownership, World

_OUTLETS: dict[str, tuple[str, str, str, tuple[str, ...], tuple[str, ...]]] = {
    "afp": ("agency", "FRA", "public", ("AFP", "Agence France-Presse"), ()),
    "reuters": ("agency", "GBR", "no", ("Reuters", "REUTERS"), ()),
    "associated-press": ("agency", "USA", "no", ("The Associated Press", "AP"), ()),
    "tass": ("agency", "RUS", "yes", ("TASS",), ()),
    "euronews": ("outlet", "FRA", "no", ("Euronews", "euronews"), ("euronews.com",)),
    "rt": ("outlet", "RUS", "yes", ("RT", "Russia Today"), ("rt.com",)),
    "the-epoch-times": ("outlet", "USA", "no", ("The Epoch Times", "Epoch Times"), ()),
    "le-monde": ("outlet", "FRA", "no", ("Le Monde",), ("lemonde.fr",)),
    "cnn": ("outlet", "USA", "no", ("CNN",), ()),
}
_PLACES = {"brussels": ("Bruxelles", "BRUXELLES", "Brussels"), "madrid": ("Madrid", "MADRID")}


class FakeWorld:
    """Answers what the reading of reports asks of the register."""

    def __init__(self) -> None:
        self._names = {n: k for k, o in _OUTLETS.items() for n in o[3]}
        self._places = {n: k for k, names in _PLACES.items() for n in names}
        every = sorted([*self._names, *self._places], key=lambda n: (-len(n), n))
        self._search = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, every))})(?!\w)")

    def find(self, text: str, language: str) -> tuple[Mention, ...]:
        return tuple(
            Mention(span=m.span(), entities=(self._names[m[0]],), kind="outlet", form="name")
            if m[0] in self._names
            else Mention(span=m.span(), entities=(self._places[m[0]],), kind="place", form="name")
            for m in self._search.finditer(text)
        )

    def outlet(self, id: str) -> Outlet | None:  # noqa: A002
        if id not in _OUTLETS:
            return None
        kind, country, control, names, domains = _OUTLETS[id]
        owner = Ownership(owner="x", state_control=control, reference="test")  # type: ignore[arg-type]
        return Outlet(
            id=id, kind=kind, names={"fr": names[0]}, country=country,  # type: ignore[arg-type]
            domains=domains, ownership=(owner,),
        )  # fmt: skip

    def outlet_of_domain(self, domain: str) -> Outlet | None:
        for name, outlet in _OUTLETS.items():
            if any(domain == d or domain.endswith("." + d) for d in outlet[4]):
                return self.outlet(name)
        return None


def fake_world() -> World:
    return cast(World, FakeWorld())
