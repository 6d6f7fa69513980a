"""Bytes to text: what is read, and what is refused with a word on what to do."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.errors import FoedusError
from foedus.report.decoding import decode

TEXT = "L’Otan « n’a pas tranché », note-t-on à l’Élysée : œil ouvert, même l’été.\r\nFin.\n"


@pytest.mark.parametrize(
    ("data", "encoding", "mark"),
    [
        (TEXT.encode(), "utf-8", False),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8", True),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16-le", True),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16-be", True),
        (codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), "utf-32-le", True),
        (TEXT.encode("cp1252"), "windows-1252", False),
    ],
)
def test_the_text_is_as_received_and_the_mark_not_counted(
    data: bytes, encoding: str, mark: bool
) -> None:
    found = decode(data)
    assert (found.text, found.encoding, found.mark) == (TEXT, encoding, mark)


def test_latin_1_without_marks_reads_as_windows_1252() -> None:
    text = "Le sénat a voté l'été dernier une aide à l'armée.\n"
    assert decode(text.encode("latin-1")).text == text


def test_a_few_broken_bytes_are_shown_and_counted() -> None:
    data = (TEXT * 20).encode() + b"\xc3"
    found = decode(data)
    assert found.repaired == 1
    assert found.text.startswith(TEXT)
    assert found.text.endswith("\ufffd")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        (b" \r\n\t", "is empty"),
        ("\u00a0\u2028\n".encode(), "is empty"),
        (b"%PDF-1.7 ...", "is a PDF"),
        (b"PK\x03\x04....", "office document"),
        (b"\xd0\xcf\x11\xe0....", "office document"),
        (b"\x89PNG\r\n", "picture"),
        (b"text\x00\x01\x02 more", "is binary"),
        (bytes(range(1, 256)) * 4, ""),
        (b"\x01\x02\x03\x04 word" * 50, "is binary"),
        ("Генеральный секретарь заявил".encode("koi8-r"), "encoding that is not known"),
        ("日本の首相は述べた。".encode("shift_jis") * 5, "encoding that is not known"),
        (b"\xff\xfea", "mark of utf-16"),
        (b"<!DOCTYPE html><html><body>x</body></html>", "raw web page"),
        (b"\n <html lang='fr'>", "raw web page"),
    ],
)  # fmt: skip
def test_what_is_no_report_is_refused_with_what_to_do(data: bytes, says: str) -> None:
    with pytest.raises(FoedusError) as caught:
        decode(data)
    assert says in str(caught.value)
    assert caught.value.remedy


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        text = decode(data).text
    except FoedusError as error:
        text = str(error)
    assert text.strip()


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1))
def test_utf_8_comes_back_character_by_character(text: str) -> None:
    data = ("Voilà " + text).encode()
    assert decode(data).text == "Voilà " + text
