"""An explanation as lines for a terminal: plain, wrapped, offsets shown, colour only when asked.

Comes in: an :class:`~foedus.brief.coded.shapes.Explanation`. Goes out: lines in which nothing of the
report can move the cursor or paint.
"""

from __future__ import annotations

import os
import shutil
import textwrap
from collections.abc import Callable, Iterator

from foedus.acts import Span
from foedus.brief.coded.shapes import Coded, Explanation, Field, Part
from foedus.brief.passages import plain
from foedus.brief.words import Words
from foedus.coding.grounds import Ground

__all__ = ["Paint", "excerpt", "lines_of", "print_lines"]

Paint = Callable[[str, str], str]
"""Gives a line its colour: ``paint(kind, line)``, kinds ``head``, ``title``, ``quiet``, ``line``."""

_COLOURS = {"head": "1", "title": "34", "quiet": "2", "line": "36"}
_EXCERPT = 150
_KINDS = {"act": "▸", "statement": "❝", "quantity": "#"}


def excerpt(text: str, word: str, limit: int = _EXCERPT) -> str:
    """Return a line of wording, a long one cut to what stands round the word that was met."""
    if len(text) <= limit:
        return text
    at = max(0, text.find(word.rpartition(":")[2]))
    if at + len(word) < limit - 20:
        return text[: limit - 1].rstrip() + "…"
    head = text[:40].rstrip()
    start = max(len(head), at - (limit - 60) // 2)
    tail = text[start : start + limit - 45]
    return f"{head} … {tail.strip()}" + ("…" if start + len(tail) < len(text) else "")


def _unpainted(_: str, line: str) -> str:
    return line


def lines_of(
    explanation: Explanation, words: Words, *, width: int = 96, paint: Paint = _unpainted
) -> Iterator[str]:
    """Yield the lines of an explanation, none wider than ``width`` but for words that are."""
    return _Writer(words, max(40, width), paint).report(explanation)


def print_lines(explanation: Explanation, words: Words, *, terminal: bool) -> Iterator[str]:
    """Yield the lines for standard output, as wide as a terminal that is one, at most 100 columns.

    Colour only there, and not where ``NO_COLOR`` asks for none (no-color.org).
    """
    width = min(100, shutil.get_terminal_size().columns) if terminal else 96
    colour = terminal and not os.environ.get("NO_COLOR")
    paint = _painted if colour else _unpainted
    yield from lines_of(explanation, words, width=width, paint=paint)
    yield ""


def _painted(kind: str, line: str) -> str:
    return f"\x1b[{_COLOURS[kind]}m{line}\x1b[0m" if kind in _COLOURS else line


class _Writer:
    def __init__(self, words: Words, width: int, paint: Paint) -> None:
        self._words = words
        self._width = width
        self._paint = paint

    def report(self, explanation: Explanation) -> Iterator[str]:
        yield from self._wrapped(explanation.report, "", "head")
        about = [explanation.title, explanation.published, " · ".join(explanation.counts)]
        for line in about:
            yield from self._wrapped(line, "", "quiet")
        for note in explanation.notes:
            yield from self._wrapped(f"! {note}", "", "quiet", "  ")
        if not explanation.coded:
            yield from self._wrapped(self._words.t("coded.no_wording"), "", "title")
        for part in explanation.parts:
            yield ""
            yield from self._part(part)

    def _part(self, part: Part) -> Iterator[str]:
        where = self._where(part.span)
        if part.kind == "sentence":
            yield from self._wrapped(f"{where}  {plain(part.text)}", "", "head", "    ")
        else:
            rule = part.ground.rule if part.ground else ""
            told = " · ".join(p for p in (part.label, rule) if p)
            text = f"{where}  ({told}) {plain(part.text)}"
            yield from self._wrapped(text, "", "quiet", "    ")
        for note in part.notes:
            yield from self._wrapped(f"! {note}", "  ", "quiet", "    ")
        if part.kind == "sentence" and not part.records:
            yield from self._wrapped(self._words.t("coded.nothing"), "    ", "quiet")
        for coded in part.records:
            yield from self._coded(coded)

    def _coded(self, coded: Coded) -> Iterator[str]:
        head = f"{_KINDS[coded.kind]} {plain(coded.title)} · {self._where(coded.span)} · {plain(coded.id)}"
        yield from self._wrapped(head, "  ", "title", "      ")
        if coded.kind != "act":
            yield from self._wrapped(f"« {plain(coded.words)} »", "      ", "text", "        ")
        for number, ground in enumerate(coded.grounds):
            lead = self._pair(self._words.t("coded.rule"), "") if number == 0 else ""
            how = f" — {coded.how}" if number == 0 and coded.how else ""
            yield from self._ground(ground, "      ", lead, how)
        for field in coded.fields:
            yield from self._field(field)

    def _field(self, field: Field) -> Iterator[str]:
        parts = [plain(field.value)]
        if field.span is not None:
            shown = "" if field.words == field.value else f"« {plain(field.words)} » "
            parts.append(f"← {shown}{self._where(field.span)}")
        if field.how:
            parts.append(f"({field.how})")
        parts += [f"[{plain(i)}]" for i in field.records]
        text = self._pair(field.label, " ".join(p for p in parts if p))
        yield from self._wrapped(text, "      ", "text", "        ")
        for ground in field.grounds:
            yield from self._ground(ground, "        ")

    def _ground(self, ground: Ground, indent: str, lead: str = "", more: str = "") -> Iterator[str]:
        if ground.file is None:
            name = plain(ground.name) or self._words.t("coded.no_rule")
            yield from self._wrapped(f"{lead}{name}{more}", indent, "line", f"{indent}  ")
            return
        gone = "" if ground.line else f" ({self._words.t('coded.gone')})"
        head = f"{lead}{ground.rule} {plain(ground.name)}{gone}{more}"
        yield from self._wrapped(head, indent, "line", f"{indent}  ")
        if ground.text:
            shown = excerpt(plain(ground.text), ground.name)
            yield from self._wrapped(shown, f"{indent}  | ", "quiet", f"{indent}  |   ")

    def _pair(self, name: str, value: str) -> str:
        return self._words.t("coded.pair", name=name, value=value)

    @staticmethod
    def _where(span: Span) -> str:
        return f"{span[0]}–{span[1]}"

    def _wrapped(
        self, text: str, indent: str, kind: str, further: str | None = None
    ) -> Iterator[str]:
        lines = textwrap.wrap(
            plain(text), self._width, initial_indent=indent,
            subsequent_indent=indent if further is None else further,
            break_on_hyphens=False,
        )  # fmt: skip
        for line in lines:
            yield self._paint(kind, line)
