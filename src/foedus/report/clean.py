"""What of a page is the article, and what is furniture around it.

Comes in: the text as received. Goes out: :class:`Page`: the article's passages, the furniture with
the wording that showed it, and the credit lines. A line is judged by the wording of ``lang/*.yaml``,
by what dates and credits look like, and by its place. Where in doubt a line stays in the article: a
sentence lost is worse than a headline kept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from foedus.acts import Span
from foedus.report.credits import CreditLine, CreditReader, Part
from foedus.report.lines import EDGE, is_headline, is_prose, joined, stops
from foedus.report.records import Furniture
from foedus.report.stamps import Stamp, find_stamp, find_stamp_among, find_stamp_prefix
from foedus.report.wording import Phrase, flat, load_wording

__all__ = ["Line", "Page", "clean"]

_URL = ("http://", "https://", "www.")
_SHORTCODE = re.compile(
    r"\[/?[a-z][\w-]{1,30}(?:[ =\]][^\]\n]{0,2000})?\]?(?:\S{0,500}\[/[\w-]{1,30}\])?\s*"
)
_MARKUP = re.compile(
    r"<(?:/?[a-z][a-z0-9]*|!--)(?:[\s>/]|$).{0,5000}|\{\{.{0,500}\}\}|.{0,200}[{;]\s*\}?"
)
_CODE = re.compile(r"<\w+[\s>]|</\w+>|function\s*\(|window\.\w|document\.\w|var \w+ ?=|@media|\{\{")
_CRUMBS = re.compile(r"[^>»›/|]{1,60}(?:\s[>»›|]\s[^>»›|]{1,80}){1,8}")
_LINE = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c\x85]+")
_OWNED = re.compile(r"©|copyright", re.IGNORECASE)
_LONGEST = 1500
"""Furniture is short: longer lines are not looked at."""
_BYLINES = 12
"""Lines at the head of a page among which its by-lines stand."""
_BEFORE_REST = 25
"""Words of prose that must stand before a comment form for it to end the article."""


class Line(NamedTuple):
    """A line of the page, trimmed."""

    start: int
    end: int
    text: str


class Page(NamedTuple):
    """A page taken apart. ``stamps`` and ``credits`` carry the offset of the line they stand on."""

    body: tuple[Span, ...]
    furniture: tuple[Furniture, ...]
    stamps: tuple[tuple[int, Stamp], ...]
    credits: tuple[tuple[int, CreditLine], ...]


class _Verdict(NamedTuple):
    kind: str
    rule: str
    then: str = ""
    sure: bool = False
    """The words of a form itself (« Votre adresse e-mail … »), not a link that may lead to one."""


class _Phrases(NamedTuple):
    whole: dict[str, Phrase]
    pieces: re.Pattern[str]
    starts: dict[str, list[tuple[int, str, Phrase]]]
    """By first letter, each with its rank: most lines begin like none."""
    contains: tuple[tuple[str, Phrase], ...]


@lru_cache(maxsize=1)
def _phrases() -> _Phrases:
    every = [p for _, phrases in load_wording().values() for p in phrases]
    whole: dict[str, Phrase] = {}
    for phrase in every:
        if phrase.rule.match == "whole":
            whole.setdefault(phrase.words, phrase)
    starts: dict[str, list[tuple[int, str, Phrase]]] = {}
    for rank, phrase in enumerate(p for p in every if p.rule.match == "starts"):
        starts.setdefault(phrase.words[0], []).append((rank, phrase.words, phrase))
    contains = [p for p in every if p.rule.match == "contains"]
    longest = sorted(whole, key=lambda w: (-len(w), w))
    return _Phrases(
        whole=whole,
        pieces=re.compile("|".join(re.escape(w) for w in longest)),
        starts=starts,
        contains=tuple((p.words, p) for p in contains),
    )


def clean(text: str, reader: CreditReader) -> Page:
    """Take the page apart. Linear in the text; lines are judged once, then in their order."""
    lines = [line for m in _LINE.finditer(text) if (line := _trimmed(m)) is not None]
    verdicts: list[_Verdict | None] = []
    stamps: list[tuple[int, Stamp]] = []
    credited: dict[int, CreditLine] = {}
    head = True
    for i, line in enumerate(lines):
        credit = reader.read(line.text, head=head) if _OWNED.search(line.text) else None
        verdict = _judge(line.text) if credit is None else None
        if credit is None and verdict is None:
            if (stamp := find_stamp(line.text)) is not None:
                stamps.append((line.start, stamp))
                verdict = _Verdict("date", "layout:date")
            elif not is_prose(line.text):
                credit = reader.read(line.text, head=head)
        furniture = credit is not None or (verdict is not None and verdict.kind != "date")
        asked = i < _BYLINES and (furniture or verdict is None)
        if asked and (among := find_stamp_among(line.text, known=furniture)) is not None:
            stamps.append((line.start + among[0], among[1]))
            verdict = verdict if furniture else _Verdict("date", "layout:date")
        if credit is not None:
            credited[i] = credit
            verdict = _Verdict(credit.kind, "layout:credit")
        verdicts.append(verdict)
        head = head and (verdict is not None or not is_prose(line.text))
    _follow(lines, verdicts)
    _closing(lines, verdicts, credited, reader)
    _mastheads(lines, verdicts, credited, reader)
    return _assemble(text, lines, verdicts, stamps, credited, reader)


def _trimmed(match: re.Match[str]) -> Line | None:
    raw = match[0]
    left = raw.lstrip()
    start = match.start() + len(raw) - len(left)
    stripped = left.rstrip()
    # invisible marks at the edges are no characters of a sentence
    inner = stripped.strip(EDGE)
    if not inner:
        return None
    start += len(stripped) - len(stripped.lstrip(EDGE))
    return Line(start, start + len(inner), inner)


def _judge(text: str) -> _Verdict | None:
    """Judge a line by its layout and by the wording."""
    if len(text) > _LONGEST:
        return None
    if all(word.startswith(_URL) for word in text.split()):
        return _Verdict("url", "layout:url")
    if text.startswith("[") and _SHORTCODE.fullmatch(text):
        return _Verdict("shortcode", "layout:shortcode")
    if _CODE.search(text) and _MARKUP.fullmatch(text):
        return _Verdict("embed", "layout:code")
    if not any(c.isalpha() for c in text) and not find_stamp(text):
        return _Verdict("rule", "layout:symbols")
    words = flat(text)
    return _worded(words, len(words.split())) or _breadcrumbs(text)


def _breadcrumbs(text: str) -> _Verdict | None:
    if not stops(text) and _CRUMBS.fullmatch(text) and len(text.split()) <= 20:
        known = _phrases().whole
        first = flat(re.split(r"\s[>»›|]\s", text, maxsplit=1)[0])
        if first in known:
            return _Verdict("navigation", "layout:breadcrumbs")
    return None


def _worded(words: str, count: int) -> _Verdict | None:
    phrases = _phrases()
    bare = words.strip(" .:…!•·|*-–—>»#→▶►✕×")
    if len(bare) <= 200 and (first := _covered(bare)) is not None:
        return _Verdict(first.rule.kind, first.name, first.rule.then)
    near = phrases.starts.get(words[:1], [])
    if bare[:1] != words[:1]:
        near = sorted([*near, *phrases.starts.get(bare[:1], ())], key=lambda row: row[0])
    for _, phrase, entry in near:
        if count > entry.rule.words or (entry.rule.headline and not is_headline(words)):
            continue
        if _starts(bare, words, phrase):
            return _Verdict(entry.rule.kind, entry.name, entry.rule.then)
    for phrase, entry in phrases.contains:
        if phrase in words and count <= entry.rule.words:
            return _Verdict(entry.rule.kind, entry.name, entry.rule.then, sure=True)
    return None


def _starts(bare: str, words: str, phrase: str) -> bool:
    for line in (bare, words):
        if line.startswith(phrase):
            after = line[len(phrase) : len(phrase) + 1]
            return not (phrase[-1].isalnum() and after.isalnum())
    # « À lire aussi: » as well as « À lire aussi : »
    tight = phrase.replace(" :", ":")
    return tight != phrase and words.startswith(tight)


def _covered(bare: str) -> Phrase | None:
    """The first phrase of a line that is made of phrases only, glued together or counted."""
    phrases = _phrases()
    at, first = 0, None
    while at < len(bare):
        match = phrases.pieces.match(bare, at)
        if match is not None:
            first = first or phrases.whole[match[0]]
            # a line that asks for comments ends the article even if share buttons stand first
            if phrases.whole[match[0]].rule.then and not first.rule.then:
                first = phrases.whole[match[0]]
            at = match.end()
        elif bare[at].isalpha():
            return None
        else:
            at += 1
    return first


def _follow(lines: Sequence[Line], verdicts: list[_Verdict | None]) -> None:
    """Let « À lire aussi » take its headlines, and a comment form all that follows it."""
    prose = [
        len(line.text.split()) if verdict is None and is_prose(line.text) else 0
        for line, verdict in zip(lines, verdicts, strict=True)
    ]
    left = sum(prose)
    words, block, ended = 0, None, None
    above: int | None = None
    for i, line in enumerate(lines):
        verdict = verdicts[i]
        if ended is not None:
            verdicts[i] = verdict or _Verdict(ended.kind, ended.rule)
            continue
        if verdict is not None:
            if verdict.then == "headlines":
                block = verdict
            elif verdict.then == "rest" and words >= _BEFORE_REST:
                # a mere link to the comments may stand anywhere: more of the article before it
                ended = verdict if verdict.sure or left < words else None
            continue
        if block is not None and is_headline(line.text):
            verdicts[i] = _Verdict(block.kind, block.rule)
            above = i if words == 0 else None
            continue
        block = None
        if prose[i]:
            if above is not None and words == 0:
                # a list of headlines over the article: the last of them is its own
                verdicts[above] = None
            words += prose[i]
            left -= prose[i]


def _closing(
    lines: Sequence[Line],
    verdicts: list[_Verdict | None],
    credited: dict[int, CreditLine],
    reader: CreditReader,
) -> None:
    """Names alone on the article's last lines are its credits: at most two lines."""
    for _ in range(2):
        last = next((i for i in reversed(range(len(lines))) if verdicts[i] is None), None)
        if last is None or not any(
            verdicts[i] is None and is_prose(lines[i].text) for i in range(last)
        ):
            return
        credit = reader.closing(lines[last].text)
        if credit is None:
            return
        credited[last] = credit
        verdicts[last] = _Verdict(credit.kind, "layout:closing")


def _mastheads(
    lines: Sequence[Line],
    verdicts: list[_Verdict | None],
    credited: dict[int, CreditLine],
    reader: CreditReader,
) -> None:
    """The paper's name over or under the headline, before the first sentence."""
    if any(credit.kind == "masthead" for credit in credited.values()):
        return
    heads: list[int] = []
    for i, verdict in enumerate(verdicts):
        if verdict is None and is_prose(lines[i].text):
            break
        heads += [i] if verdict is None else []
    # one line must be left to be the headline
    for i in heads[:3] if len(heads) > 1 else []:
        named = reader.namer.masthead(lines[i].text)
        if named is not None:
            credited[i] = CreditLine(
                "masthead", (Part("outlet", named.id, named.start, named.end),)
            )
            verdicts[i] = _Verdict("masthead", "layout:masthead")
            return


def _assemble(
    text: str,
    lines: Sequence[Line],
    verdicts: Sequence[_Verdict | None],
    stamps: list[tuple[int, Stamp]],
    credited: dict[int, CreditLine],
    reader: CreditReader,
) -> Page:
    """Cut what stands glued before or after the sentences, and join wrapped lines."""
    furniture = [
        Furniture(span=(line.start, line.end), kind=v.kind, rule=v.rule)
        for line, v in zip(lines, verdicts, strict=True)
        if v is not None
    ]
    credit_lines = [(lines[i].start, credit) for i, credit in sorted(credited.items())]
    kept = [line for line, v in zip(lines, verdicts, strict=True) if v is None]
    body: list[Span] = []
    for number, line in enumerate(kept):
        start, end = line.start, line.end
        if number < 4 and (prefix := find_stamp_prefix(line.text)) is not None:
            stamps.append((line.start, prefix[0]))
            furniture.append(_cut(start, start + prefix[1], "date", text))
            start += prefix[1]
        if number < 6 and (dateline := reader.dateline(text[start:end])) is not None:
            if dateline[0].parts:
                credit_lines.append((start, dateline[0]))
            if (told := find_stamp(text[start : start + dateline[1]].rstrip(" .–—-"))) is not None:
                stamps.append((start, told))
            furniture.append(_cut(start, start + dateline[1], "dateline", text))
            start += dateline[1]
        if (tail := reader.tail(text[start:end])) is not None:
            kind = "agency" if number >= len(kept) - 1 else "photo-credit"
            parts = tail[0].parts
            if kind == "photo-credit" or tail[0].kind == "photo-credit":
                kind, parts = "photo-credit", tuple(p._replace(kind="photo") for p in parts)
            credit_lines.append((start, CreditLine(kind, parts)))
            furniture.append(_cut(start + tail[1], end, kind, text))
            end = start + tail[1]
        while end > start and text[end - 1].isspace():
            end -= 1
        if end > start:
            body.append((start, end))
    return Page(
        body=joined(text, body),
        furniture=tuple(sorted(furniture, key=lambda f: f.span)),
        stamps=tuple(sorted(stamps, key=lambda s: s[0])),
        credits=tuple(sorted(credit_lines, key=lambda c: c[0])),
    )


def _cut(start: int, end: int, kind: str, text: str) -> Furniture:
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return Furniture(span=(start, end), kind=kind, rule=f"layout:{kind}")
