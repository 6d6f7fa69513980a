"""Reading a page back: its tree, the text of its passages."""

from __future__ import annotations

from html.parser import HTMLParser

from foedus.brief import Material, Words, declared_words, make_view, render
from tests.brief.builders import Register

VOID = {"meta", "br", "link", "img", "input", "hr"}


class Page(HTMLParser):
    """The elements of a page, with the text of each passage gathered from its pieces."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.ids: list[str] = []
        self.text: list[str] = []
        self.passages: dict[str, str] = {}
        self._open: list[tuple[str, str | None]] = []
        self.feed(text)
        self.close()
        assert not self._open, f"left open: {self._open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags.append((tag, values))
        anchor = values.get("id") or values.get("data-of")
        if name := values.get("id"):
            self.ids.append(name)
        if tag not in VOID:
            self._open.append((tag, anchor))
            if anchor:
                self.passages.setdefault(anchor, "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        opened, _ = self._open.pop()
        assert opened == tag, f"</{tag}> closes <{opened}>"

    def handle_data(self, data: str) -> None:
        self.text.append(data)
        for anchor in {a for _, a in self._open if a}:
            self.passages[anchor] += data

    def links(self) -> list[str]:
        return [href for tag, attrs in self.tags if tag == "a" and (href := attrs.get("href"))]


def page_of(material: Material, language: str = "fr") -> str:
    register = Register()
    words = Words(language, register, declared_words(material.mechanisms))
    return render(make_view(material, words, register), words)
