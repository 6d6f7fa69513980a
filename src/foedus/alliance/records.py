"""What the alliance answers with: the status of a mechanism, and the reason as a tree."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cached_property
from typing import Literal

import msgspec

from foedus.acts import DateRange
from foedus.ledger.records import Citation

__all__ = [
    "CueWording",
    "MechanismStatus",
    "Reason",
    "Standing",
    "StatusWord",
    "Trace",
    "as_reason",
    "as_trace",
]

StatusWord = Literal["engaged", "not_engaged", "ruled_out", "unknown"]
Standing = Literal[
    "counts", "claimed", "announced", "hypothetical", "refused", "historical", "cannot_tell"
]
"""How a reading bears on a mechanism: DESIGN's « words are not deeds »."""


class CueWording(msgspec.Struct, frozen=True, kw_only=True):
    """Wording that points at a mechanism, for the coder: it stands in the clause of an act.

    ``phrases`` are lower-case with straight apostrophes and matched on word boundaries, inflected
    forms included by the coder. An act takes the cue when one phrase stands in its clause, the
    act's type is among ``types`` (empty: any), one of ``needs`` stands in the same sentence (empty:
    nothing needed) and none of ``excludes`` does. ``own``: only where the alliance itself, its
    council or its members as such are meant (« le sommet de l'Otan », not « le sommet du G7 »).
    ``refused``: only where the act is a refusal (REJECT) or negated (« n'enverra pas de troupes »).
    ``placed``: only where the act names a state as its place.
    ``instrument`` is the slug that the wording adds to the act's instruments. ``lines`` are those of
    ``cues.yaml`` on which the phrases stand.
    """

    cue: str
    language: str
    phrases: tuple[str, ...]
    types: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    own: bool = False
    refused: bool = False
    placed: bool = False
    instrument: str | None = None
    lines: tuple[int, ...] = ()


class Reason(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A node of the explanation: a clause, a rule, a fact, a missing thing, with its children.

    ``key`` is a message id with ``values`` for the page's language; nothing here is prose, but for
    the declared paraphrase of a clause, which comes in every declared language (``text.fr``).
    Keys are listed, with their values, in :data:`foedus.alliance.reasons.KEYS`.
    """

    kind: Literal["status", "clause", "rule", "fact", "reading", "parameter", "missing", "conflict"]
    key: str
    values: dict[str, str] = {}
    fact: str | None = None
    citations: tuple[Citation, ...] = ()
    children: tuple[Reason, ...] = ()


class Trace:
    """The way to a status: what was found is kept, and its tree made when somebody asks for it, once."""

    def __init__(self, make: Callable[[], Reason]) -> None:
        """Take what makes the tree."""
        self._make = make

    @cached_property
    def tree(self) -> Reason:
        """The whole reason."""
        return self._make()

    @classmethod
    def of(cls, reason: Reason) -> Trace:
        """Return a trace whose tree is there already."""
        return cls(lambda: reason)

    def __eq__(self, other: object) -> bool:
        """Two are equal that come to the same reason."""
        return isinstance(other, Trace) and self.tree == other.tree

    def __hash__(self) -> int:
        return hash(self.tree.key)

    def __repr__(self) -> str:
        return repr(self.tree)

    def __reduce__(self) -> tuple[Callable[[Reason], Trace], tuple[Reason]]:
        """Go to another process as the tree."""
        return Trace.of, (self.tree,)


def as_reason(value: object) -> Reason:
    """Return a trace as its tree, for ``msgspec``'s ``enc_hook``.

    Raises:
        NotImplementedError: it is no trace.
    """
    if isinstance(value, Trace):
        return value.tree
    raise NotImplementedError(f"{type(value).__name__} is not written")


def as_trace(kind: type, value: object) -> Trace:
    """Return what was written of a trace as one again, for ``msgspec``'s ``dec_hook``.

    Raises:
        NotImplementedError: no trace is asked for.
        msgspec.ValidationError: it is no reason.
    """
    if kind is Trace:
        return Trace.of(msgspec.convert(value, Reason))
    raise NotImplementedError(f"{kind.__name__} is not read")


class MechanismStatus(msgspec.Struct, frozen=True, kw_only=True):
    """Where one mechanism stands on a day, as known by a day, and why.

    ``since`` is when the fact that began the status happened; ``since_is`` is ``reported`` where the
    reports give no date, and ``since`` is then the publication of the first: no later than that.
    ``announced`` are the facts that announce something not yet told as done, ``expected`` the next
    date for which it is announced (or the last, once all have passed). ``quantities`` are the ids
    of told numbers and levels that point at the mechanism.
    ``claims`` are the facts that somebody without competence says, or that the other side holds
    against it. ``facts`` carry the status; for one that is not engaged they carry its stage.
    ``trace`` is written as ``reason`` (give :func:`as_reason` to the encoder,
    :func:`as_trace` to a decoder).
    """

    mechanism: str
    status: StatusWord
    stage: str | None = None
    since: DateRange | None = None
    since_is: Literal["dated", "reported"] | None = None
    expected: DateRange | None = None
    by: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    announced: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    quantities: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    as_of: date
    known_by: date
    sources: int = 0
    single_source: bool = False
    disputed: bool = False
    trace: Trace = msgspec.field(name="reason")

    @property
    def reason(self) -> Reason:
        """The whole reason, as a tree."""
        return self.trace.tree
