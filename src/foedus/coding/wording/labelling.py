"""How a parser labels: what ``language.yaml`` says of its trees, for whoever brings them to one shape."""

from __future__ import annotations

import msgspec

__all__ = ["Labelling"]


class Labelling(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a parser's trees differ from the engine's.

    ``labels``: the parser's label and the engine's; what is not named stays. ``prepositions``: labels of
    words that govern their noun; ``objects``: labels of what they govern. ``agents``: prepositions that
    name who does it under a passive; ``complements``: prepositions whose verb is the content of
    the verb over them (« accused X of sending »). ``modals``: auxiliaries that become verbs.
    ``infinitive_marks``: words tagged as auxiliaries that only mark an infinitive.
    ``past_as_participle``: past tense and participle are written alike, and the parser may take « X,
    who …, asked » for a noun with a participle.
    """

    labels: dict[str, str] = {}
    prepositions: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    agents: tuple[str, ...] = ()
    complements: tuple[str, ...] = ()
    modals: tuple[str, ...] = ()
    infinitive_marks: tuple[str, ...] = ()
    past_as_participle: bool = False
