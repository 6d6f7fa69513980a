"""The pages of simulations: a view laid out as one self-contained HTML file without any script.

Comes in: a view and the words of a language. Goes out: the page's text. What is allowed in it is what
:mod:`foedus.brief.page` allows: our own style, named by its hash, and nothing else.
"""

from __future__ import annotations

from markupsafe import Markup

from foedus.brief.network_map import network_map
from foedus.brief.page import asset, environment
from foedus.brief.simulated.comparison import ComparisonView
from foedus.brief.simulated.view import SimulationView
from foedus.brief.words import Words

__all__ = ["render_comparison", "render_simulation"]


def render_simulation(view: SimulationView, words: Words, home: str = "") -> str:
    """Return the page of a simulation; ``home`` is the address of the brief (empty: there is none)."""
    drawn = None
    if view.map is not None:
        stops, ways, summary = view.map.stops, view.map.ways, view.map.summary
        drawn = network_map(stops, ways, title=words.t("sim.map"), summary=summary)
    return _render("simulated.html", view, words, home, drawn)


def render_comparison(view: ComparisonView, words: Words, home: str = "") -> str:
    """Return the page of two scenarios beside each other."""
    return _render("compared.html", view, words, home)


def _render(
    name: str,
    view: SimulationView | ComparisonView,
    words: Words,
    home: str,
    drawn: Markup | None = None,
) -> str:
    styles = [asset("brief.css"), asset("simulated.css"), asset("network.css")]
    policy = (
        f"default-src 'none'; style-src {' '.join(source for _, source in styles)}; "
        "base-uri 'none'; form-action 'none'"
    )
    return environment().get_template(name).render(
        v=view, t=words.t, lang=words.language, policy=policy, home=home,
        styles=[style for style, _ in styles], drawn=drawn,
    )  # fmt: skip
