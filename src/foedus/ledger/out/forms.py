"""What other formats call the things of the ledger, and how a fact is called in words.

Comes in: ``data/forms.yaml``. Goes out: :class:`FormNames`, for the event rows, the FollowTheMoney
statements and the calendar.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from foedus.acts import EVENT_TYPES
from foedus.declared import load_declared
from foedus.ledger.records import Fact
from foedus.world import World

__all__ = ["FormNames", "asserted", "load_forms", "title_of"]

_DEFAULT = Path(__file__).parent.parent / "data" / "forms.yaml"
_KINDS = ("state", "body", "group", "outlet", "office", "place", "person", "other")

Quad = Literal["verbal-cooperation", "material-cooperation", "verbal-conflict", "material-conflict"]


class FormNames(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of ``forms.yaml``."""

    quads: dict[str, Quad]
    schemata: dict[str, str]
    languages: dict[str, str]


@cache
def load_forms(path: Path = _DEFAULT) -> FormNames:
    """Read the names.

    Raises:
        FoedusError: the file is not as it must be, or a type or kind is missing; file and line are
            named.
    """
    found, lines = load_declared(path, FormNames)
    for key, wanted, there in (
        ("quads", EVENT_TYPES, found.quads), ("schemata", _KINDS, found.schemata),
    ):  # fmt: skip
        if set(wanted) != set(there):
            wrong = ", ".join(sorted(set(wanted) ^ set(there)))
            raise lines.error(f"missing or unknown: {wrong}", key, remedy="give one line to each")
    return found


def asserted(fact: Fact) -> bool:
    """Whether the fact tells something as done or announced: not as denied, nor as supposed."""
    return not {"negation", "hypothetical"} & set(fact.aux)


def title_of(fact: Fact, world: World) -> str:
    """Return the fact in a few words: « AID: France, Germany → Ukraine (future) »."""
    who = ", ".join(world.name(a, "en") for a in fact.actors) or "unnamed"
    whom = ", ".join(world.name(r, "en") for r in fact.recipients)
    marks = ", ".join((*fact.aux, *(("disputed",) if fact.differences else ())))
    head = f"{fact.type}: {who}" + (f" → {whom}" if whom else "")
    return head + (f" ({marks})" if marks else "")
