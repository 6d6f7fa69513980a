"""What a scenario comes to, as people see it: a page with charts, a comparison, the brief's link to them.

Comes in: scenario files, or their outcomes. Goes out: folders under ``simulations/`` of the folder asked for.
Only who simulates pays for what it loads: import this where it is needed.
"""

from foedus.brief.simulated.build import Simulated, simulate
from foedus.brief.simulated.comparison import comparison_view
from foedus.brief.simulated.page import render_comparison, render_simulation
from foedus.brief.simulated.view import simulation_view

__all__ = [
    "Simulated",
    "comparison_view",
    "render_comparison",
    "render_simulation",
    "simulate",
    "simulation_view",
]
