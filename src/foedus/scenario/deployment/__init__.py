"""The section ``deployment`` of a scenario.

Comes in: the section as the file has it. Goes out: a :class:`~foedus.scenario.model.Model`.
"""

from foedus.scenario.deployment.declare import read

__all__ = ["read"]
