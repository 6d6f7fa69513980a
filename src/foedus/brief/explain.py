"""Why a mechanism stands where it stands, as lines of text.

Comes in: a status with its reason, a tree of message ids and values. Goes out: lines in the words
of a language, for a terminal; the page lays out the same words as nested lists.
"""

from __future__ import annotations

from collections.abc import Callable

from foedus.alliance.records import MechanismStatus, Reason
from foedus.brief.passages import plain
from foedus.brief.words import Names, Words
from foedus.ledger.records import Citation

__all__ = ["explain", "reason_text"]


def explain(
    status: MechanismStatus,
    *,
    lang: str = "fr",
    names: Names | None = None,
    quote: Callable[[Citation], str | None] | None = None,
) -> tuple[str, ...]:
    """Return the explanation of a status as lines of text, fit for a terminal.

    Args:
        status: the status; its ``reason`` is the tree.
        lang: the language of the words.
        names: what names entities; without it, the world register.
        quote: gives the words of a citation, which are then shown under it.

    Raises:
        FoedusError: the language has no catalogue.
    """
    if names is None:
        from foedus.world import load_world

        names = load_world()
    words = Words(lang, names)
    lines: list[str] = []
    # The tree's depth is the rules', not the reports': but a loop needs no care for it.
    stack: list[tuple[Reason, str, str]] = [(status.reason, "", "")]
    while stack:
        reason, first, rest = stack.pop()
        lines.append(first + plain(_with_citations(reason, words)))
        lines += [f"{rest}   « {plain(t)} »" for t in _quotes(reason, quote)]
        children = reason.children
        for number in range(len(children) - 1, -1, -1):
            last = number == len(children) - 1
            branch, below = ("└─ ", "   ") if last else ("├─ ", "│  ")
            stack.append((children[number], rest + branch, rest + below))
    return tuple(lines)


def reason_text(reason: Reason, words: Words) -> str:
    """Return one node of an explanation in words; a key without a message is shown with its values."""
    values = {name: words.value(value) for name, value in reason.values.items()}
    if words.has(reason.key):
        return words.t(reason.key, **values)
    shown = ", ".join(f"{name} : {value}" for name, value in sorted(values.items()))
    label = words.t(reason.key)
    return f"{label} ({shown})" if shown else label


def _with_citations(reason: Reason, words: Words) -> str:
    cited = "; ".join(_where(c) for c in reason.citations)
    text = reason_text(reason, words)
    return f"{text} [{cited}]" if cited else text


def _where(citation: Citation) -> str:
    if citation.span is not None:
        return f"{citation.report} {citation.span[0]}–{citation.span[1]}"
    return f"{citation.report}:{citation.line}" if citation.line else citation.report


def _quotes(reason: Reason, quote: Callable[[Citation], str | None] | None) -> list[str]:
    if quote is None:
        return []
    return [text for c in reason.citations if (text := quote(c))]
