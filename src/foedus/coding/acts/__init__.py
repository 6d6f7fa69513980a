"""Acts: what was done, by whom, to whom, where, with what, and how it stands.

Comes in: parsed pieces, :class:`~foedus.coding.who.Referents`, frames, and an alliance's cues. Goes out: drafts
of acts (:class:`ActDraft`), which :class:`Events` finds, with their modes, times and cues.
"""

from foedus.coding.acts.answers import linked
from foedus.coding.acts.cues import CueEntry, Cues, Hits
from foedus.coding.acts.events import ActDraft, Events
from foedus.coding.acts.modes import Modes
from foedus.coding.acts.roles import Roles
from foedus.coding.acts.timing import Timing

__all__ = [
    "ActDraft",
    "CueEntry",
    "Cues",
    "Events",
    "Hits",
    "Modes",
    "Roles",
    "Timing",
    "linked",
]
