"""Where an alliance stands: what the known facts engage under its treaty, since when, and why.

Comes in: a folder that declares an alliance (:func:`load_alliance`; :func:`world_of` gives the register of
who is who that goes with it), the facts of a ledger, the day
asked about and the day by which things had to be known. Goes out: for each mechanism a
:class:`~foedus.alliance.records.MechanismStatus` with its whole reason (:func:`statuses`), and
its course over all days (:func:`courses`); for the
coder, the wording that points at mechanisms (:attr:`Alliance.cues`); for the ledger, the public
record as a calendar (:attr:`Alliance.calendar`). :func:`check` tells everything that is wrong with
a folder. No code here knows which alliance it is.
"""

from foedus.alliance.course import Course, Stretch
from foedus.alliance.engine import courses, statuses
from foedus.alliance.folder import SHIPPED, Alliance, check, load_alliance, world_of
from foedus.alliance.reasons import KEYS
from foedus.alliance.records import CueWording, MechanismStatus, Reason, Standing, StatusWord
from foedus.alliance.roles import Registry

__all__ = [
    "KEYS",
    "SHIPPED",
    "Alliance",
    "Course",
    "CueWording",
    "MechanismStatus",
    "Reason",
    "Registry",
    "Standing",
    "StatusWord",
    "Stretch",
    "check",
    "courses",
    "load_alliance",
    "statuses",
    "world_of",
]
