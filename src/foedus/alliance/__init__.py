"""Where an alliance stands: what the known facts engage under its treaty, since when, and why.

Comes in: a folder that declares an alliance (:func:`load_alliance`), the facts of a ledger, the day
asked about and the day by which things had to be known. Goes out: for each mechanism a
:class:`~foedus.alliance.records.MechanismStatus` with its whole reason (:func:`statuses`); for the
coder, the wording that points at mechanisms (:attr:`Alliance.cues`); for the ledger, the public
record as a calendar (:attr:`Alliance.calendar`). :func:`check` tells everything that is wrong with
a folder. No code here knows which alliance it is.
"""

from foedus.alliance.engine import statuses
from foedus.alliance.folder import SHIPPED, Alliance, check, load_alliance
from foedus.alliance.reasons import KEYS
from foedus.alliance.records import CueWording, MechanismStatus, Reason, Standing, StatusWord
from foedus.alliance.roles import Registry

__all__ = [
    "KEYS",
    "SHIPPED",
    "Alliance",
    "CueWording",
    "MechanismStatus",
    "Reason",
    "Registry",
    "Standing",
    "StatusWord",
    "check",
    "load_alliance",
    "statuses",
]
