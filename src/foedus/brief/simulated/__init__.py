"""What a scenario comes to, as people see it: a page with charts, a comparison, the brief's link to them.

Comes in: scenario files, or their outcomes. Goes out: folders under ``simulations/`` of the folder asked for.
Only who simulates pays for what it loads: import this where it is needed.
"""

from foedus.brief.simulated.build import Simulated, simulate

__all__ = ["Simulated", "simulate"]
