"""Names in credits: which outlet, agency or person a few words of a credit line mean.

Comes in: short strings from credit lines and the world register. Goes out: :class:`Named`, with the
register's id where it knows the name and a slug of the words where it does not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import msgspec

from foedus.report.wording import Wording, flat, fold
from foedus.world import World

__all__ = ["Named", "Namer", "slug"]

_ARTICLE = re.compile(r"(?i:the|le|la|les|l'|d')[ ]*$")
_GLUE = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])")
_DOMAIN = re.compile(r"(?:https?://)?(?:www\.)?([a-z0-9][a-z0-9-]{0,60}(?:\.[a-z0-9-]{1,60}){1,4})")


class Named(msgspec.Struct, frozen=True, kw_only=True):
    """What a name in a credit stands for, and where in the string it stands."""

    id: str
    start: int
    end: int
    agency: bool = False
    known: bool = False


def slug(name: str) -> str:
    """Return a slug of ``name``: lower case, without accents, words joined by hyphens."""
    plain = unicodedata.normalize("NFKD", fold(name)).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:80]


class Namer:
    """Finds outlets and agencies in the short strings of credit lines."""

    def __init__(self, world: World, wordings: Iterable[Wording]) -> None:
        self._world = world
        self._languages = [w.language for w in wordings]
        self._tags = sorted({t for w in wordings for t in w.credits.language_tags})
        self._mastheads = {fold(m) for w in wordings for m in w.credits.mastheads}
        # a line is asked about again for each kind of credit that it may be
        self._outlets = lru_cache(maxsize=512)(self._found_outlets)

    def outlets(self, text: str) -> list[Named]:
        """Return the outlets that ``text`` names, in order, none overlapping; also those glued on."""
        return list(self._outlets(text))

    def _found_outlets(self, text: str) -> tuple[Named, ...]:
        found: dict[tuple[int, int], Named] = {}
        for language in self._languages:
            for m in self._world.find(text, language):
                if m.kind != "outlet" or len(m.entities) != 1 or m.weak:
                    continue
                found.setdefault(m.span, self._named(m.entities[0], *m.span))
        out: list[Named] = []
        for named in sorted(found.values(), key=lambda n: (n.start, -n.end, n.id)):
            if not out or named.start >= out[-1].end:
                out.append(named)
        return tuple(out)

    def whole(self, text: str) -> Named | None:
        """Return the outlet that all of ``text`` names: « l'AFP », « RTEn », « www.example.org »."""
        stripped = text.strip(" \u00a0.()[]/|–—-*\t\r\n")
        if not stripped:
            return None
        if (
            stripped.isupper()
            and not self.outlets(stripped)
            and len(stripped.title()) == len(stripped)
        ):
            # « LE COURRIER »: the register knows it as « Le Courrier »
            text, stripped = text.title(), stripped.title()
        offset = text.index(stripped)
        for found in self.outlets(stripped):
            before, after = stripped[: found.start], stripped[found.end :]
            if not after.strip() and not _ARTICLE.sub("", fold(before)).strip():
                return self._named(found.id, offset, offset + len(stripped))
        if (domain := _DOMAIN.fullmatch(stripped.lower())) is not None:
            outlet = self._world.outlet_of_domain(domain[1])
            name = outlet.id if outlet is not None else slug(domain[1])
            return self._named(name, offset, offset + len(stripped))
        tagged = self._tagged(stripped)
        return None if tagged is None else self._named(tagged, offset, offset + len(stripped))

    def glued(self, text: str) -> Named | None:
        """Return the outlet glued to the end of a name: « Jeanne MartinLe Matin »."""
        for m in _GLUE.finditer(text):
            named = self.whole(text[m.start() :])
            if named is not None and named.known:
                return self._named(named.id, m.start(), len(text))
        return None

    def masthead(self, text: str) -> Named | None:
        """Return the newspaper that a line of the page's head names, known or by its form.

        By its form: one to six words, each of them with a capital or short, one of them a word
        that newspapers are called by (``mastheads``).
        """
        named = self.whole(text)
        if named is not None:
            return named
        words = re.findall(r"[^\W_]+", text)
        if not 1 <= len(words) <= 6 or not any(fold(w) in self._mastheads for w in words):
            return None
        capital = all(w[0].isupper() or len(w) <= 3 for w in words)
        ends = text.rstrip()[-1:]
        if not capital or ends in ".!?:;…»" or any(c.isdigit() for c in text):
            return None
        return Named(id=slug(text), start=0, end=len(text))

    def place(self, text: str) -> bool:
        """Whether all of ``text`` names places or states, as a dateline does."""
        for language in self._languages:
            left = text
            for m in reversed(self._world.find(text, language)):
                if m.kind in ("place", "state"):
                    left = left[: m.span[0]] + left[m.span[1] :]
            if left != text and not re.search(r"\w", left):
                return True
        return False

    def _tagged(self, text: str) -> str | None:
        """« RTEn », « BBC News Afrique »: a known name with the language of an edition after it."""
        small = flat(text)
        for tag in self._tags:
            if len(text) > len(tag) and small.endswith(tag):
                head = text[: -len(tag)].rstrip(" -_.")
                for found in self.outlets(head):
                    if (found.start, found.end) == (0, len(head)):
                        return found.id
        return None

    def _named(self, name: str, start: int, end: int) -> Named:
        outlet = self._world.outlet(name)
        agency = outlet is not None and outlet.kind == "agency"
        return Named(id=name, start=start, end=end, agency=agency, known=outlet is not None)
