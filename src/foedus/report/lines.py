"""The shape of lines: sentence or headline, wrapped or whole, the title and its repetition.

Comes in: lines and passages of a text. Goes out: what their form alone tells of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from foedus.acts import Span
from foedus.report.wording import fold

__all__ = ["EDGE", "find_title", "is_headline", "is_prose", "joined", "stops"]

_ENDS = re.compile(r"[.!?…:;]\s*[)\]»”\"'’]*$|[»”\"]\s*[.!?…]?$")
_STOP = re.compile(r"[.!?…]\s*[)\]»”\"'’]*$")
_TAIL = 24
"""Characters at the end of a line that tell how it ends: the rest is not searched."""
EDGE = " \t\u00a0\u202f\u2009\ufeff\u200b"


def is_headline(text: str) -> bool:
    """Whether a line has the form of a headline: short, and not closed as a sentence is."""
    words = len(text.split())
    if words > 30:
        return False
    return not _ENDS.search(text[-_TAIL:].rstrip()) or (
        words <= 20 and text.rstrip(EDGE).endswith(("?", "!", "»"))
    )


def is_prose(text: str) -> bool:
    """A sentence of the article: closed by a full stop, and long enough to say something."""
    return stops(text) and len(text.split(maxsplit=8)) >= 8


def stops(text: str) -> bool:
    """Whether the text ends with a full stop, closed by marks or not."""
    return _STOP.search(text[-_TAIL:].rstrip()) is not None


def joined(text: str, body: Sequence[Span]) -> tuple[Span, ...]:
    """Join the lines of a wrapped paragraph: the next line goes on in lower case, close below."""
    out: list[Span] = []
    wrapped = _is_wrapped([end - start for start, end in body])
    for span in body:
        if out:
            between = text[out[-1][1] : span[0]]
            goes_on = text[span[0]].islower() or text[span[0]].isdigit()
            open_end = not stops(text[max(out[-1][0], out[-1][1] - _TAIL) : out[-1][1]])
            single = not between.strip() and between.count("\n") + between.count("\r") <= 2
            single = single and between.count("\n") <= 1
            if single and open_end and (goes_on or wrapped):
                out[-1] = (out[-1][0], span[1])
                continue
        out.append(span)
    return tuple(out)


def _is_wrapped(lengths: Sequence[int]) -> bool:
    """Whether an editor wrapped the text: no long line, and most of them nearly full."""
    full = sum(55 <= n <= 100 for n in lengths)
    return len(lengths) >= 4 and max(lengths) <= 110 and full * 2 > len(lengths)


def find_title(text: str, body: Sequence[Span]) -> tuple[Span | None, Span | None]:
    """Return the title, and its repetition if one of the next passages says it again.

    The title is the article's first passage if it has the form of a headline or is said again
    within the next four passages: equal, or one within the other (six words or more).
    """
    if not body:
        return None, None
    first = body[0]
    own = _plain(text[slice(*first)])
    for other in body[1:4]:
        said = _plain(text[slice(*other)])
        shorter = min(own, said, key=len)
        if own == said or (len(shorter.split()) >= 6 and _headed(own, said)):
            return first, other
    return (first if is_headline(text[slice(*first)]) else None), None


def _headed(a: str, b: str) -> bool:
    """Whether one is the other with words before or after: « OTAN : titre » and « titre »."""
    short, long = sorted((a, b), key=len)
    return len(short) * 2 > len(long) and (long.startswith(short) or long.endswith(short))


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text[:1000])))
