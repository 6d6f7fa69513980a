"""How much there is, without an act: strengths, shares, levels of stocks, commands.

Comes in: a sentence of a report, the amounts in it, the wording (``lang/XX/strengths.yaml``) and
somebody who knows which entities a passage names. Goes out: the codebook's ``quantity`` records:
« la force compte 40 000 soldats », « dont 7 000 Français », « n'a pas de troupes en … », « les stocks
… sont au plus bas », « sous commandement français ».

The words around the number decide, not a parse: parsers take « compte 40 000 » for a noun as often
as for a verb. A record tells ``subject`` only where ``entities`` names one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

import msgspec

from foedus.acts import Amount, Quantity, Span, record_id
from foedus.coding.counts.quantities import Entities, UnitWording, counted_end
from foedus.coding.counts.strengthwords import NEAR, ForceNoun, Row, StrengthWording, load_strengths

__all__ = ["Nationality", "StrengthWording", "load_strengths", "strengths"]

Nationality = Callable[[str], str | None]
"""Gives a state's English adjective as a slug: « POL » is « polish »."""

_FAR = 30


def strengths(
    text: str,
    sentence: Span,
    found: Sequence[Amount],
    wording: StrengthWording,
    units: UnitWording,
    entities: Entities,
    *,
    nationality: Nationality | None = None,
    report: str = "",
    source: str = "",
) -> tuple[Quantity, ...]:
    """Return the quantity records of one sentence, in order of their start.

    ``found`` are the report's amounts in order (those outside ``sentence`` are left alone); ``entities``
    answers for characters of ``text``; ``nationality`` lets « dont 300 Lettons » of soldiers be
    ``latvian-soldiers``. Cues and dates are the caller's to add.
    """
    own = _inside(found, sentence)
    plain = _plain(text[sentence[0] : sentence[1]])
    if not own and not any(hint in plain for hint in wording.hints):
        return ()
    reader = _Reader(text, sentence, wording, units, entities)
    reader.report, reader.source, reader.nationality = report, source, nationality
    out = [*reader.counted(own), *reader.absent(), *reader.levels()]
    out += reader.commands(out)
    return tuple(sorted(out, key=lambda q: (q.span, q.of or "", q.id)))


def _inside(found: Sequence[Amount], sentence: Span) -> list[Amount]:
    """Return the amounts that lie in a sentence."""
    own: list[Amount] = []
    for at in range(bisect_left(found, sentence[0], key=lambda a: a.span[0]), len(found)):
        if found[at].span[0] >= sentence[1]:
            break
        if found[at].span[1] <= sentence[1]:
            own.append(found[at])
    return own


def _plain(text: str) -> str:
    return text.lower().replace("’", "'")


class _Reader(Row):
    """The patterns, each a method that yields its records."""

    report, source = "", ""
    nationality: Nationality | None = None

    def record(self, span: Span, **fields: object) -> Quantity:
        name = record_id(self.source, "quantity", span, fields.get("of"), fields.get("value"))
        return msgspec.convert(
            {"record": "quantity", "id": name, "report": self.report, "source": self.source,
             "span": span, **fields},
            Quantity,
        )  # fmt: skip

    # -- strengths and shares -----------------------------------------------------------------

    def counted(self, found: Sequence[Amount]) -> Iterator[Quantity]:
        """« la force compte N soldats », « nous avons N soldats en X », « dont N officiers »."""
        reached = 0
        whole: Amount | None = None
        last: Quantity | None = None
        for amount in found:
            at = self.token_at(amount.span[0])
            end = counted_end(amount, self.text, self.units)
            after = self.token_at(end)
            if amount.unit in ("person", "item"):
                share = None if whole is None else self._share(at)
                if share is not None and whole is not None:
                    yield self._shared(amount, whole, share, at, end, last)
                else:
                    last = self._held(amount, at, after, reached, end, last)
                    whole = amount
                    if last is not None:
                        yield last
            reached = after

    def _shared(
        self, amount: Amount, whole: Amount, share: int, at: int, end: int, last: Quantity | None
    ) -> Quantity:
        """« 8 000 soldats, dont 300 Lettons »: of what the whole counts, by nationality."""
        of = amount.of
        if of == "people" and whole.of:
            named = self.names(self.token_at(amount.span[1]), self.token_at(end))
            adjective = self.nationality(named[0]) if named and self.nationality else None
            of = f"{adjective}-{whole.of}" if adjective else whole.of
        return self._quantity(
            msgspec.structs.replace(amount, of=of), (self.span(share, at + 1)[0], end),
            last.subject if last else None, whole.span,
        )  # fmt: skip

    def _share(self, at: int) -> int | None:
        """Return the token where « dont » opens a share of the amount before."""
        for phrase in self.wording.share_words:
            for back in range(1, NEAR):
                if self.is_at(at - back, phrase) and self._fills(at - back + len(phrase), at):
                    return at - back
        return None

    def _fills(self, first: int, at: int) -> bool:
        return first <= at and all(k in self.wording.filler for k in self.keys[first:at])

    def _held(
        self, amount: Amount, at: int, after: int, reached: int, end: int, last: Quantity | None
    ) -> Quantity | None:
        if amount.of not in self.wording.kinds and amount.of != "people":
            return None
        if last is not None and self._adds_to(reached, at):
            return self._quantity(amount, (self.span(at, at + 1)[0], end), last.subject)
        hit = self._verb(at)
        if hit is None or (hit[1] and amount.of not in self.wording.troops):
            return None
        first = self.left_of(hit[0], reached)
        inner = [n for n in range(first + 1, hit[0] + 1) if self._verb_ends(n) is not None]
        first = inner[-1] if inner else first
        subject, begin = self.subject(first, hit[0])
        if subject is None and last is not None and hit[0] - first <= 1:
            subject = last.subject  # « et dispose de … »: whoever the verb before had
        place, further = self.place(after) if hit[1] else (None, after)
        end = self.span(at, further)[1] if place else end
        if hit[1]:
            subject = self._troops(subject)
        return self._quantity(amount, (self.span(begin, at + 1)[0], end), subject, None, place)

    def _troops(self, owner: str | None) -> str | None:
        """Name somebody's troops: « norwegian-troops », « nato-troops »."""
        if owner is None or owner.endswith("-troops"):
            return owner
        adjective = self.nationality(owner) if self.nationality else None
        return f"{adjective or owner}-troops"

    def _adds_to(self, reached: int, at: int) -> bool:
        """Whether only « et », commas and « de » stand between one amount and the next."""
        between = self.keys[reached:at]
        return 0 < len(between) <= NEAR and all(k in self.wording.joins for k in between)

    def _verb(self, at: int) -> tuple[int, bool] | None:
        """Find the phrase before token ``at`` that gives a strength: its token, whether of an owner."""
        for back in range(at, max(0, at - NEAR), -1):
            hit = self._verb_ends(back)
            if hit is not None:
                return hit
            if self.keys[back - 1] not in self.wording.filler:
                return None
        return None

    def _verb_ends(self, at: int) -> tuple[int, bool] | None:
        for phrase, owner in self.wording.before_number.get(self.keys[at - 1], ()):
            if self.is_at(at - len(phrase), phrase):
                return at - len(phrase), owner
        return None

    def _quantity(
        self,
        amount: Amount,
        span: Span,
        subject: str | None,
        part_of: Span | None = None,
        place: str | None = None,
    ) -> Quantity:
        return self.record(
            span, subject=subject, value=amount.value, max=amount.max, unit=amount.unit,
            of=amount.of, approx=amount.approx, at_least=amount.at_least, part_of=part_of,
            place=place,
        )  # fmt: skip

    # -- none ---------------------------------------------------------------------------------

    def absent(self) -> Iterator[Quantity]:
        """« n'a pas de troupes en X »."""
        verbs = self.wording.none_phrases
        for at, key in enumerate(self.keys):
            if key not in self.wording.none_stems:
                continue
            verb = next((at - len(p) for p in verbs if self.is_at(at - len(p), p)), None)
            noun = self.noun_at(at + 1) if verb is not None else None
            if verb is None or noun is None or noun[0].of not in self.wording.kinds:
                continue
            subject, _ = self.subject(self.left_of(verb), verb)
            place, after = self.place(noun[1])
            mine = self._troops(subject) if noun[0].of in self.wording.troops else subject
            yield self.record(
                self.span(verb, max(after, noun[1])), subject=mine, place=place, value=0.0,
                unit=noun[0].unit, of=noun[0].of, level="none",
            )  # fmt: skip

    # -- levels of stocks -----------------------------------------------------------------------

    def levels(self) -> Iterator[Quantity]:
        """« les stocks de N sont au plus bas », « a épuisé ses stocks »."""
        stocks = self.wording.stock_words
        reached = 0
        for at, key in enumerate(self.keys):
            if key not in stocks or at < reached:
                continue
            size = next((len(p) for p, _ in stocks[key] if self.is_at(at, p)), 0)
            if not size:
                continue
            hit = self._level_after(at + size) or self._drained(at)
            if hit is None:
                continue
            level, first, after = hit
            goods, named = self._goods(at, max(after, at + size))
            place = self.names(min(first, at), named) or self.names(self.left_of(first), named)
            yield self.record(
                self.span(min(first, at), max(after, at + size)), subject=goods, level=level,
                place=place[0] if place else None,
            )  # fmt: skip
            reached = after

    def _level_after(self, start: int) -> tuple[str, int, int] | None:
        for at in range(start, min(start + _FAR, len(self.tokens))):
            if self.tokens[at].text in (";", ":", ".", "!", "?"):
                return None
            words = self.wording.level_words.get(self.keys[at], ())
            hit = next((w for w in words if self.is_at(at, w[0])), None)
            if hit is None or self.keys[at - 1] == "-":
                continue
            level = hit[1]
            if any(k in self.wording.negations for k in self.keys[max(start, at - 5) : at]):
                if level not in ("sufficient", "high"):
                    return None
                level = "low"
            return level, start - 1, at + len(hit[0])
        return None

    def _drained(self, at: int) -> tuple[str, int, int] | None:
        for phrase in self.wording.drain_words:
            for back in range(len(phrase), len(phrase) + 3):
                if self.is_at(at - back, phrase):
                    return "low", at - back, at + 1
        return None

    def _goods(self, at: int, stop: int) -> tuple[str, int]:
        """Name what is stocked (« ammunition-stocks ») and tell where its noun phrase ends."""
        names: list[str] = []
        here, limit = at + 1, min(max(stop, at + 1 + NEAR), len(self.tokens))
        while here < limit:
            found = self.noun_at(here)
            if found is not None and found[1] > here and found[0].of not in (*names, "stocks"):
                names.append(found[0].of)
            here = found[1] if found is not None else here + 1
        return "-".join(["-and-".join(names[:3]), "stocks"]) if names else "stocks", limit

    # -- commands ---------------------------------------------------------------------------------

    def commands(self, others: Sequence[Quantity]) -> Iterator[Quantity]:
        """« placée sous commandement X », « le bataillon, dirigé par X »."""
        ways = self.wording.command_words
        for at, key in enumerate(self.keys):
            size = max((len(p) for p, _ in ways.get(key, ()) if self.is_at(at, p)), default=0)
            force = self._force_before(at) if size else None
            if force is None:
                continue
            noun, first = force
            for after in range(at + size + 1, min(at + size + NEAR, len(self.tokens)) + 1):
                if self.tokens[after - 1].text in (",", ";", ".", ":"):
                    break
                named = self.names(at + size, after)
                if named:
                    span = self.span(first, after)
                    yield self.record(
                        span, subject=self._commanded(noun, first, at, others), of="command",
                        place=named[0],
                    )  # fmt: skip
                    break

    def _force_before(self, at: int) -> tuple[ForceNoun, int] | None:
        for start in range(at - 1, max(-1, at - 12), -1):
            if self.keys[start] in self.bounds:
                return None
            for phrase, noun in self.wording.force_words.get(self.keys[start], ()):
                if self.is_at(start, phrase):
                    return noun, start
        return None

    def _commanded(
        self, noun: ForceNoun, first: int, at: int, others: Sequence[Quantity]
    ) -> str | None:
        """Name the force that is commanded: a part after the force told of before it."""
        start = self.span(first, first + 1)[0]
        near = [q for q in others[-_FAR:] if q.span[1] <= start and q.value]
        whole = [q.subject for q in near if q.subject]
        named = self.names(first, at)
        if noun.part and (whole or named):
            return f"{(whole or list(named))[-1]}-{noun.of}"
        return named[0] if named else noun.of
