"""How long stocks last: the section ``sustainment`` of a scenario.

Comes in: the section as the file has it, and the ledger's facts of aid. Goes out:
a :class:`~foedus.scenario.model.Model` of members × classes of items × days.
"""

from foedus.scenario.sustainment.declare import read

__all__ = ["read"]
