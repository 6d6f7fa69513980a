"""Lines that date a report: « Publié le 26.2.2022 », « 25/02/2022 – 06:15 – avec AFP ».

Comes in: one line of the page. Goes out: :class:`Stamp`, or None for a line that tells a story.
"""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from foedus.acts import Span, TimeExpression
from foedus.report.timex import find_times
from foedus.report.wording import any_of, flat, fold, load_wording

__all__ = ["Stamp", "find_stamp", "find_stamp_among", "find_stamp_prefix"]

_LONGEST = 160
_PARTS = re.compile(
    r"[ \u00a0]*[|·•–—][ \u00a0]*|[ \u00a0]-[ \u00a0]|[ \u00a0]{2,}|\t+|\.[ \u00a0]|,[ \u00a0](?!\d{4}\b)"
)
_FEW = 6
"""Words that a part of a by-line has at most beside the date, where nothing else tells a by-line."""
_ISO_CLOCK = re.compile(r"t?\d{1,2}(?:[:h]\d{2}){0,2}(?:\.\d+)?(?:z|[+-]\d{2}:?\d{2})?")


class Stamp(msgspec.Struct, frozen=True, kw_only=True):
    """A date on a line of its own. ``rest`` is what else the line holds: a name, a place, or ''."""

    kind: str
    """``published``, ``updated``, or ``bare`` where no word says which."""
    expression: TimeExpression
    rest: Span | None = None


@lru_cache(maxsize=1)
def _words() -> tuple[re.Pattern[str], re.Pattern[str], frozenset[str]]:
    wordings = [w for w, _ in load_wording().values()]
    published = any_of([p for w in wordings for p in w.dating.published])
    updated = any_of([p for w in wordings for p in w.dating.updated])
    stamp = frozenset(flat(s) for w in wordings for s in w.dating.stamp_words)
    edge = r"(?!\w)[ ]{0,3}:?[ ]{0,3}"
    return re.compile(rf"\W*{published}{edge}"), re.compile(rf"\W*{updated}{edge}"), stamp


def _dated(line: str, *, relative: bool = False) -> tuple[TimeExpression, ...]:
    """The calendar expressions of a line, in whichever language finds the most in it.

    ``relative``: « hier » too, which dates nothing but shows that the line is a date's.
    """
    best: tuple[TimeExpression, ...] = ()
    covered = 0
    for language in load_wording():
        found = tuple(
            t for t in find_times(line, language)
            if (relative or t.value is not None) and not (t.value or "").startswith("XXXX-W") and t.modifier is None
        )  # fmt: skip
        width = sum(t.span[1] - t.span[0] for t in found)
        if width > covered:
            best, covered = found, width
    return best


def find_stamp(line: str) -> Stamp | None:
    """Return the date of a line that holds nothing but a date and names.

    The words beside the date are those that date pages (``stamp_words``), clock times, and at most
    six words that all begin with a capital: a place or an outlet, returned as ``rest``.
    """
    if len(line) > _LONGEST or line.endswith((".", "!", "?")):
        return None
    if not any(c.isdigit() for c in line):
        return None
    published, updated, stamp_words = _words()
    folded = fold(line)
    kind = "bare"
    if updated.match(folded):
        kind = "updated"
    elif published.match(folded):
        kind = "published"
    times = _dated(line, relative=kind != "bare")
    if not times:
        return None
    taken = [t.span for t in times]
    left = []
    for m in re.finditer(r"[^\s,;|–—()•·/:-]+", line):
        word = fold(m[0]).strip(".'")
        inside = any(s <= m.start() < e for s, e in taken)
        if inside or not word or word in stamp_words or _ISO_CLOCK.fullmatch(word):
            continue
        left.append(m)
    if len(left) > 6:
        return None
    if len(left) > 1 and not all(_is_name(m[0]) for m in left):
        return None
    rest = (left[0].start(), left[-1].end()) if left else None
    # « Le Courrier … »: a short word with a capital before a name belongs to it
    if rest and (short := re.search(r"(?<!\w)[A-ZÀ-Þ]\w{0,2}[ \u00a0]$", line[: rest[0]])):
        rest = (short.start(), rest[1])
    if rest and any(s < rest[1] and rest[0] < e for s, e in taken):
        rest = (left[0].start(), left[0].end())
    return Stamp(kind=kind, expression=times[0], rest=rest)


def _is_name(word: str) -> bool:
    return re.split(r"['’]", word)[-1][:1].isupper() or len(word) <= 3


def find_stamp_among(line: str, *, known: bool) -> tuple[int, Stamp] | None:
    """Return the date that is one part of a by-line, and where that part begins.

    « Par Jane Doe, chroniqueuse - 23 décembre 2022 », « Publié le 24 août 2022 à 06h00 · Lecture : 4 min. »:
    the parts stand between bars, dashes, points or commas, and one of them is nothing but a date with its
    year. ``known``: the line is furniture already; else its other parts must be few words as well.
    """
    if len(line) > _LONGEST or not any(c.isdigit() for c in line):
        return None
    closed = not known and line.endswith((".", "!", "?"))
    cuts = [m.span() for m in _PARTS.finditer(line)]
    starts = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(line)]
    found: tuple[int, Stamp] | None = None
    for start, end in zip(starts, ends, strict=True):
        part = line[start:end].rstrip(".")
        stamp = find_stamp(part)
        dated = stamp is not None and re.match(r"\d{4}-\d\d-\d\d", stamp.expression.value or "")
        if stamp is not None and dated and stamp.rest is None:
            if closed and stamp.kind == "bare":
                return None  # « Le 3 mars 2022, le conseil a siégé. »
            found = found or (start, stamp)
        elif not known and len(part.split()) > _FEW:
            return None
    return found if cuts else None


def find_stamp_prefix(line: str) -> tuple[Stamp, int] | None:
    """Return the date that stands glued before a headline or sentence, and where that begins.

    « Publié le 26.2.2022 Les alliés se réunissent »: a dating word, a date, and a capital straight
    after it. « Publié le 26 février, le rapport … » is a sentence and stays whole.
    """
    published, updated, _ = _words()
    head = line[:_LONGEST]
    folded = fold(head)
    match = published.match(folded) or updated.match(folded)
    if match is None:
        return None
    times = _dated(head)
    if not times or times[0].span[0] > match.end() + 3:
        return None
    end = times[0].span[1]
    after = re.match(r"[ \u00a0]+(?=[A-ZÀ-Þ«“\"])", line[end:])
    if after is None:
        return None
    kind = "updated" if updated.match(folded) else "published"
    return Stamp(kind=kind, expression=times[0]), end + after.end()
