"""Whose « nous » it is in a text that speaks for itself: a communiqué, a joint declaration.

Comes in: the parsed pieces of a report and the mentions in it. Goes out: the states, bodies or persons
who issue it, or nobody. A text speaks for itself where « nous » is the subject outside all quotes again
and again; its issuers are those named beside the first « nous », else those of the first list of states.
"""

from __future__ import annotations

from collections.abc import Sequence

from foedus.coding.syntax import Parsed, Token
from foedus.coding.who.mentions import MentionIndex
from foedus.coding.wording import Grammar

__all__ = ["issuers"]

_FEWEST = 3
"""Sentences with « nous » that make a text its authors' own; one or two may be the writer's."""
_KINDS = ("state", "body", "group", "person")
_HEAD = 4
"""Paragraphs in which a text names who issues it."""


def issuers(parsed: Sequence[Parsed], index: MentionIndex, grammar: Grammar) -> tuple[str, ...]:
    """Return who says « nous » outside the quotes of a report; nobody where it is not their text."""
    own = [(p, t) for p in parsed if p.piece.quote is None for t in p.doc if _we(t, grammar)]
    if len({p.number for p, _ in own}) < _FEWEST:
        return ()
    home, we = own[0]
    beside = [
        m for m in index.within((home.span(we)[1], home.piece.span[1]))
        if m.kind in _KINDS and m.form in ("name", "capital")
    ]  # fmt: skip
    if beside and we.i + 1 < len(we.doc) and we.nbor(1).text == ",":
        return index.together(beside[0])
    for piece in parsed:
        if piece.piece.paragraph > _HEAD:
            break
        for mention in index.within(piece.piece.span):
            named = mention.kind in ("state", "body") and mention.form == "name"
            group = index.together(mention) if named else ()
            if len(group) > 1 or (named and mention.kind == "body"):
                return group
    return ()


def _we(token: Token, grammar: Grammar) -> bool:
    return token.dep.startswith("nsubj") and token.lower in grammar.first_plural
