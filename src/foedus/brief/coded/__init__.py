"""Why a report was coded so: every record under its sentence, with the line that made it.

Comes in: a report, its records, the alliance whose cues were looked for, and the words of a language.
Goes out: an :class:`Explanation`, as data, as lines for a terminal, or as a page that the brief links to.
Only who explains pays for the wording it loads: import this where it is needed.
"""

from foedus.brief.coded.page import Leads, file_name, render_coded
from foedus.brief.coded.shapes import Coded, Explanation, Field, Part
from foedus.brief.coded.structure import Explainer
from foedus.brief.coded.text import lines_of, print_lines

__all__ = [
    "Coded",
    "Explainer",
    "Explanation",
    "Field",
    "Leads",
    "Part",
    "file_name",
    "lines_of",
    "print_lines",
    "render_coded",
]
