"""From bytes to the text as received: encodings, byte-order marks, and what is no text.

Comes in: the bytes of a file. Goes out: :class:`Decoded`, without newline translation, a byte-order
mark not counted; or a :class:`~foedus.errors.FoedusError` that says what the file is and what to do.
"""

from __future__ import annotations

import codecs
import re

import msgspec
from charset_normalizer import from_bytes

from foedus.errors import FoedusError

__all__ = ["Decoded", "decode"]

_AS_TEXT = "save the page as text (.txt)"
_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "is a PDF", "save its text as .txt"),
    (b"PK\x03\x04", "is a zip archive or an office document", "save its text as .txt"),
    (b"\xd0\xcf\x11\xe0", "is an office document", "save its text as .txt"),
    (b"{\\rtf", "is a rich-text document", "save its text as .txt"),
    (b"\x1f\x8b", "is compressed", "unpack it first"),
    (b"\x89PNG", "is a picture", "give its text"),
    (b"\xff\xd8\xff", "is a picture", "give its text"),
    (b"GIF8", "is a picture", "give its text"),
    (b"\x7fELF", "is a program", "give a text file"),
)
# the longer marks first: UTF-32's begins with UTF-16's
_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SINGLE_BYTE = ["cp1252", "iso8859-15", "latin-1"]
"""The encodings that French and English pages were written in before UTF-8."""
_SAMPLE = 65_536
_EXPECTED = frozenset(
    "àâäæçéèêëîïôöœùûüÿñáíóúÀÂÄÆÇÉÈÊËÎÏÔÖŒÙÛÜŸÑ«»‹›“”„‘’–—…•·€£©®°§\u00a0\u00adº²³½"
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_HTML = re.compile(r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!doctype\s+html|<html[\s>])", re.IGNORECASE)


class Decoded(msgspec.Struct, frozen=True, kw_only=True):
    """A file's text, the encoding it was read in, and what was odd about it."""

    text: str
    encoding: str
    mark: bool = False
    """A byte-order mark stood first."""
    repaired: int = 0
    """Bytes that were no UTF-8, shown as U+FFFD."""
    guessed: bool = False
    """The encoding was told from the bytes alone."""


def decode(data: bytes) -> Decoded:
    """Return the text of ``data``.

    UTF-8, UTF-16 and UTF-32 with a byte-order mark, Windows-1252, ISO 8859-15 and Latin-1 are read.

    Raises:
        FoedusError: empty, binary, another kind of document, or in an encoding that is not known.
    """
    if not data.strip():
        raise FoedusError("is empty", remedy="remove it or put the report's text in it")
    for magic, what, remedy in _MAGIC:
        if data.startswith(magic):
            raise FoedusError(what, remedy=remedy)
    found = _marked(data) or _utf8(data) or _single_byte(data)
    if found is None:
        raise FoedusError("is in an encoding that is not known", remedy="save it as UTF-8")
    _check(found.text)
    return found


def _marked(data: bytes) -> Decoded | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                text = data[len(mark) :].decode(encoding)
            except UnicodeDecodeError:
                if encoding == "utf-8":
                    return None
                raise FoedusError(
                    f"has the mark of {encoding} but is not {encoding}", remedy="save it as UTF-8"
                ) from None
            return Decoded(text=text, encoding=encoding, mark=True)
    if b"\x00" in data:
        raise FoedusError("is binary, not text", remedy="give the report as a text file")
    return None


def _utf8(data: bytes) -> Decoded | None:
    """Strict UTF-8; else UTF-8 with a few broken bytes, as left by a cut or a careless tool."""
    mark = data.startswith(codecs.BOM_UTF8)
    body = data[3:] if mark else data
    try:
        return Decoded(text=body.decode("utf-8"), encoding="utf-8", mark=mark)
    except UnicodeDecodeError:
        text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    sound = sum(1 for _ in re.finditer(r"[^\x00-\x7f\ufffd]", text))
    if broken * 200 <= len(text) and broken * 5 <= sound:
        return Decoded(text=text, encoding="utf-8", mark=mark, repaired=broken)
    return None


def _single_byte(data: bytes) -> Decoded | None:
    """One of the old Western encodings, if what comes out looks like French or English."""
    best = from_bytes(data[:_SAMPLE], cp_isolation=_SINGLE_BYTE).best()
    names = [*([best.encoding] if best is not None else []), *_SINGLE_BYTE]
    for name in names:
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if _plausible(text[:_SAMPLE]):
            return Decoded(text=text, encoding=_canonical(name), guessed=True)
    return None


def _canonical(name: str) -> str:
    """cp1252 is Latin-1 with more letters: where nothing tells them apart it is called so."""
    return "windows-1252" if name in ("cp1252", "latin_1", "latin-1") else "iso8859-15"


def _plausible(text: str) -> bool:
    """Whether the letters beyond ASCII are those of Western Europe, and not most of the text."""
    beyond = [c for c in text if c > "\x7f"]
    if len(beyond) * 4 > len(text):
        return False
    return sum(c in _EXPECTED for c in beyond) * 10 >= len(beyond) * 9


def _check(text: str) -> None:
    """Refuse what decodes but is no report: control characters, a raw page, blank text."""
    if "\x00" in text or len(_CONTROL.findall(text[:_SAMPLE])) * 100 > min(len(text), _SAMPLE):
        raise FoedusError("is binary, not text", remedy="give the report as a text file")
    if not text.strip():
        raise FoedusError("is empty", remedy="remove it or put the report's text in it")
    if _HTML.match(text[:2000]):
        raise FoedusError("is a raw web page", remedy=_AS_TEXT)
