"""Grounds: the lines of wording behind a record, and the words of the report that met them.

Comes in: records of one language, and the text they were found in. Goes out: for each record the line
that its ``rule`` names, and those behind its modes, things, numbers and reason. Rules and modes are as
the coder noted them; the rest is looked up again in the same wording, and left out where no line
meets the words. Lines are quoted as they stand now: one that has gone since is said to be gone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import msgspec

from foedus.acts import Act, ModeGiver, Record, Span, Statement
from foedus.coding.syntax import Words
from foedus.coding.text import fold
from foedus.coding.traces import RULE, Traces, wording_file
from foedus.coding.wording import Frame, load_lexicon

__all__ = ["Ground", "Grounds", "line_text"]

_NEAR = 25
"""How many characters from its verb a negation, or a word before it, may stand."""
_FAR = 250
"""How many characters before or after an act its « si » may stand."""
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*'?")
_LEADS = ("purpose", "before", "infinitive_marks")
_TENSES = {
    "future": ("future_endings", "conditional_endings"),
    "hypothetical": ("conditional_endings", "future_endings"),
}


class Ground(msgspec.Struct, frozen=True, kw_only=True):
    """A line of wording behind one part of a record.

    ``part`` is ``rule``, ``marks``, ``reason``, ``aux.MODE``, ``instrument.SLUG``, ``quantity.NUMBER`` or
    ``cue.CUE``. ``file`` is relative to the package, ``line`` counts from 1 and ``text`` is that line; no
    file: no wording decided; no line: it has gone. ``name`` is the entry, or the word that was met;
    ``span`` are the words of the report that met it.
    """

    part: str
    file: str | None = None
    line: int | None = None
    text: str = ""
    name: str = ""
    span: Span | None = None

    @property
    def rule(self) -> str:
        """File and line, or the bare name where no line decided."""
        if self.file is None:
            return self.name
        return f"{self.file}:{self.line}" if self.line else self.file


@cache
def _lines(path: Path) -> tuple[str, ...]:
    return tuple(path.read_text(encoding="utf-8").splitlines())


def line_text(path: Path, line: int) -> str:
    """Return a line of a file, counted from 1, without the blanks round it; empty beyond its end."""
    lines = _lines(path)
    return lines[line - 1].strip() if 0 < line <= len(lines) else ""


class Grounds:
    """Finds the lines of one language's wording. Make one and keep it."""

    def __init__(self, language: str) -> None:
        self.lexicon = load_lexicon(language)
        self._folder = self.lexicon.folder
        self._traces = Traces(self._folder)
        self._lemmas = Words(self.lexicon).lemmas
        self._frames = {frame.id: frame for frame in self.lexicon.frames}

    def of(self, record: Record, text: str) -> tuple[Ground, ...]:
        """Return the grounds of a record of ``text``, its rule first."""
        found = [self._rule(record)]
        if isinstance(record, Act):
            found += [self._mode(giver, record, text) for giver in record.aux_by]
            found += self._things(record, text)
            found += self._amounts(record, text)
            found += self._reason(record, text)
        elif isinstance(record, Statement) and record.form != "indirect":
            line = self._traces.marks(text, record.span)
            if "quotes.yaml" not in (record.rule or ""):
                found.append(self._ground("marks", f"quotes.yaml:{line} {record.form}"))
        return tuple(found)

    def frame(self, record: Record) -> Frame | None:
        """Return the frame that a record's rule names; None where it names none that is known."""
        named = RULE.fullmatch(record.rule or "")
        return self._frames.get(named["name"]) if named else None

    def _rule(self, record: Record) -> Ground:
        span = record.cue_span if isinstance(record, Statement) else record.span
        span = record.trigger if isinstance(record, Act) else span
        frame = self.frame(record)
        if frame is not None:
            return self._ground("rule", f"{frame.where} {frame.id}", span)
        return self._ground("rule", record.rule or "", span)

    def _ground(self, part: str, rule: str, span: Span | None = None) -> Ground:
        """Turn ``FILE:LINE NAME`` into a ground; the line moves with its word, if that has moved."""
        named = RULE.fullmatch(rule)
        path = self._path(named["file"]) if named else None
        if named is None or path is None:
            return Ground(part=part, name=rule, span=span)
        word = named["name"].rpartition(":")[2]
        line = int(named["line"]) if named["line"] else None
        moved = line is None or word not in line_text(path, line)
        if moved:
            found = wording_file(path).find(word)
            line = found if found is not None or ":" in named["name"] else line
        return Ground(
            part=part,
            file=path.relative_to(self._folder.parents[2]).as_posix(),
            line=line,
            text=line_text(path, line) if line else "",
            name=named["name"],
            span=span,
        )

    def _path(self, name: str) -> Path | None:
        """Return the wording file of that name. The name holds no path: see ``RULE``."""
        places = (self._folder / name, self._folder / "frames" / name)
        return next((path for path in places if path.is_file()), None)

    def _found(self, file: str, word: str, *under: str) -> str | None:
        """Return the rule of a word below some keys of a file, if it stands there."""
        line = wording_file(self._folder / file).find(word, *under)
        return None if line is None else f"{file}:{line} {word}"

    # -- auxiliary modes ----------------------------------------------------------------------

    def _mode(self, giver: ModeGiver, act: Act, text: str) -> Ground:
        part, rule = f"aux.{giver.aux}", ""
        frame = self.frame(act)
        if giver.by == "frame" and frame is not None:
            rule = f"{frame.where} {frame.id}"
        elif giver.by == "word":
            rule = self._by_lemma(giver, text, "operators.yaml", "operators") or ""
        elif giver.by == "tense":
            rule = self._tense(giver, text) or ""
        elif giver.by == "negation":
            words = ("negations", "negative_determiners", "negation_particles", "bare_negation")
            rule = self._beside(giver.span, text, _NEAR, *words) or ""
        elif giver.by == "lead":
            rule = self._beside((giver.span[0], giver.span[0]), text, _NEAR, *_LEADS) or ""
        elif giver.by == "condition":
            rule = self._beside(act.span, text, _FAR, "if_words") or ""
        return self._ground(part, rule, giver.span)

    def _by_lemma(self, giver: ModeGiver, text: str, file: str, *under: str) -> str | None:
        word = fold(text[slice(*giver.span)])
        found = (self._found(file, lemma, *under) for lemma in self.lemmas(word))
        return next((rule for rule in found if rule), None)

    def lemmas(self, word: str) -> tuple[str, ...]:
        """Return what a word may be in the dictionary."""
        return self._lemmas(word, word)

    def _tense(self, giver: ModeGiver, text: str) -> str | None:
        """« pourrait », « devra », « va »; else the ending of the verb or of its auxiliary."""
        verbs = ("may_verbs", "must_verbs", "going_to")
        found = self._by_lemma(giver, text, "grammar.yaml", *verbs)
        if found:
            return found
        start = max(0, giver.span[0] - _NEAR)
        words = fold(text[start : giver.span[1]]).lower().split()[::-1][:3]
        for word in words:
            marked = self._found("grammar.yaml", word, "future_words", "conditional_words")
            if marked:
                return marked
        for key in _TENSES.get(giver.aux, ()):
            for word in words:
                endings = getattr(self.lexicon.grammar, key)
                ending = next((e for e in endings if word.endswith(e) and word != e), None)
                if ending:
                    return self._found("grammar.yaml", ending, key)
        return next(
            (r for w in words if (r := self._found("grammar.yaml", w, "infinitive_marks"))), None
        )

    def _beside(self, span: Span, text: str, reach: int, *under: str) -> str | None:
        """Return the rule of the nearest word of some keys of the grammar, before words first."""
        start = max(0, span[0] - reach)
        around = fold(text[start : span[1] + reach]).lower()
        for key in under:
            places = [
                (abs(start + match.start() - span[0]), word)
                for word in getattr(self.lexicon.grammar, key)
                for match in re.finditer(_alone(word), around)
            ]
            if places:
                return self._found("grammar.yaml", min(places)[1], key)
        return None

    # -- things, numbers, reasons -----------------------------------------------------------------

    def _things(self, act: Act, text: str) -> Iterator[Ground]:
        """The words of the clause that name what is used, by the lines of ``things.yaml``."""
        if not act.instruments:
            return
        folded = fold(text[slice(*act.span)])
        words = [(self.lemmas(m[0].lower()), m.span()) for m in _WORD.finditer(folded)]
        things = wording_file(self._folder / "things.yaml")
        slugs = {keys[1]: word for word, keys in things.words("things") if keys[2] == "slug"}
        met: dict[str, Ground] = {}
        for at, (lemmas, _) in enumerate(words):
            for phrase, thing in (
                p for lemma in lemmas for p in self.lexicon.things.get(lemma, ())
            ):
                if thing.slug not in act.instruments or thing.slug in met:
                    continue
                if not _meets(phrase, words[at:]):
                    continue
                span = words[at][1][0], words[at + len(phrase) - 1][1][1]
                name = " ".join(phrase)
                line = next(
                    (things.line(*keys) for word, keys in things.words("things")
                     if word == name and slugs.get(keys[1]) == thing.slug), None,
                )  # fmt: skip
                met[thing.slug] = self._ground(
                    f"instrument.{thing.slug}", f"things.yaml:{line or 1} {name}",
                    (act.span[0] + span[0], act.span[0] + span[1]),
                )  # fmt: skip
        yield from met.values()

    def _amounts(self, act: Act, text: str) -> Iterator[Ground]:
        for number, amount in enumerate(act.quantities):
            yield self._ground(f"quantity.{number}", self._traces.amount(text, amount), amount.span)

    def _reason(self, act: Act, text: str) -> Iterator[Ground]:
        if act.reason is None:
            return
        opening = fold(text[slice(*act.reason)]).lower()
        words = [w for w in self.lexicon.grammar.because if opening.startswith(w)]
        rule = self._found("grammar.yaml", max(words, key=len), "because") if words else None
        yield self._ground("reason", rule or "", act.reason)


def _alone(word: str) -> str:
    """A pattern for a word that stands alone, or elided before another."""
    return rf"(?<!\w){re.escape(word)}" + ("" if word.endswith("'") else r"(?!\w)")


def _meets(phrase: Sequence[str], words: Sequence[tuple[tuple[str, ...], Span]]) -> bool:
    """Whether words, each with its lemmas, are a phrase."""
    return len(phrase) <= len(words) and all(part in words[n][0] for n, part in enumerate(phrase))
