"""The page in a browser: from a mechanism to its sentence, at two widths, in both languages."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Error, sync_playwright

from foedus.alliance import Stretch
from foedus.brief import Words, build, languages
from foedus.brief.simulated.page import render_simulation
from foedus.brief.simulated.view import simulation_view
from tests.brief.builders import crisis
from tests.brief.pages import page_of
from tests.brief.simulations import outcome
from tests.brief.test_atlas import pact
from tests.brief.test_build import REPORTS, TwoPatterns
from tests.brief.test_page import hostile

pytestmark = pytest.mark.browser
ARGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run",
]  # fmt: skip
PIECES = """id => [...document.querySelectorAll('#' + id + ', [data-of="' + id + '"]')]
  .map(e => e.textContent).join('')"""
IN_VIEW = """id => { const r = document.getElementById(id).getBoundingClientRect();
  return r.top >= 0 && r.bottom <= innerHeight }"""
RUN_TOGETHER = """() => [...document.querySelectorAll('svg')].flatMap(s => {
  const words = [...s.querySelectorAll(':scope > .axis')].map(e => [e.textContent, e.getBoundingClientRect()]);
  return words.flatMap(([a, r], i) => words.slice(i + 1).filter(([, q]) => r.left < q.right && q.left < r.right
    && r.top < q.bottom - 2 && q.top < r.bottom - 2).map(([b]) => a + ' / ' + b)) })"""
LIT = "id => getComputedStyle(document.getElementById(id)).backgroundColor"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = os.environ.get("FOEDUS_CHROMIUM") or shutil.which("chromium") or shutil.which(
        "chromium-browser"
    )  # fmt: skip
    if path is None:
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        try:
            found = playwright.chromium.launch(executable_path=path, args=ARGS)
        except Error as error:
            pytest.skip(f"Chromium does not start: {str(error).splitlines()[0]}")
        yield found
        found.close()


@pytest.fixture(params=languages())
def page_file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "brief.html"
    path.write_text(page_of(crisis(), request.param), encoding="utf-8", newline="")
    return path


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_from_a_mechanism_to_the_sentence_and_back(
    browser: Browser, page_file: Path, script: bool
) -> None:
    context = browser.new_context(
        viewport={"width": 1280, "height": 800}, java_script_enabled=script, offline=True
    )
    page = context.new_page()
    asked: list[str] = []
    problems: list[str] = []
    page.on("request", lambda r: asked.append(r.url))
    page.on("console", lambda m: problems.append(m.text))
    page.on("pageerror", lambda e: problems.append(str(e)))
    page.goto(page_file.as_uri())
    link = page.locator("#m-article-4 a.cite").first
    anchor = (link.get_attribute("href") or "#")[1:]
    link.click()
    one = crisis().reports[0]
    number, start, end = map(int, anchor[1:].split("-"))
    assert number == 1
    # Without its own script, the page can still be asked what it shows.
    assert page.evaluate(PIECES, anchor) == one.text[start:end]
    page.wait_for_function(IN_VIEW, arg=anchor)
    plain = page.evaluate("() => getComputedStyle(document.querySelector('.text')).backgroundColor")
    assert page.evaluate(LIT, anchor) != plain
    if script:
        page.locator("#back").click()
        page.wait_for_function("() => location.hash === ''")
        assert page.locator("#back").is_hidden()
    assert asked == [page_file.as_uri()]
    assert problems == []
    context.close()


@pytest.mark.parametrize("width", [320, 400, 1280])
def test_nothing_is_wider_than_the_screen(browser: Browser, page_file: Path, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(page_file.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_drawings_fill_their_column_and_are_hatched(
    browser: Browser, tmp_path: Path, width: int, scheme: Literal["light", "dark"]
) -> None:
    """A limit that stands is hatched, not only coloured; the table scrolls within itself."""
    stands = (Stretch(date(2022, 2, 25), "ruled_out", None),)
    path = tmp_path / "brief.html"
    path.write_text(page_of(pact(courses={"no-troops": stands})), encoding="utf-8", newline="")
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    problems: list[str] = []
    page.on("console", lambda m: problems.append(m.text))
    page.goto(path.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    for drawing in (".map > svg", ".course > svg"):
        box = page.locator(drawing).first.bounding_box()
        assert box is not None
        assert box["width"] > width / 2.1
        assert box["height"] > 30
    fill = "e => getComputedStyle(e).fill"
    assert "h-out" in page.locator(".bar-ruled_out").last.evaluate(fill)
    assert "h-host" in page.locator(".map > svg .land-host").first.evaluate(fill)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert problems == []
    page.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_from_an_item_to_its_coding_and_back(
    browser: Browser, tmp_path: Path, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "_coder", TwoPatterns)
    for name, text in REPORTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    result = build.build_brief([tmp_path / name for name in REPORTS], tmp_path / "out")
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(result.page.as_uri())
    page.locator("#voices a.coded").first.click()
    record = page.locator("article.record:target")
    assert record.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    record.locator("a", has_text="dans la note").click()
    assert page.url.startswith(result.page.as_uri() + "#r")
    page.locator(".text :target").wait_for()  # visible, once the page is read
    page.close()


@pytest.mark.parametrize("width", [400, 1280])
def test_hostile_text_neither_runs_nor_spoils_the_page(
    browser: Browser, tmp_path: Path, width: int
) -> None:
    path = tmp_path / "brief.html"
    path.write_text(page_of(hostile()), encoding="utf-8", newline="")
    page = browser.new_page(viewport={"width": width, "height": 800})
    seen: list[str] = []
    page.on("dialog", lambda d: seen.append(d.message))
    page.on("request", lambda r: seen.append(r.url))
    page.on("console", lambda m: seen.append(m.text))
    page.goto(path.as_uri())
    for link in page.locator("a.cite").all()[:10]:
        if link.is_visible():
            link.click()
    assert seen == [path.as_uri()]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_what_is_folded_is_open_in_print(browser: Browser, page_file: Path) -> None:
    page = browser.new_page()
    page.goto(page_file.as_uri())
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details:not([open])").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("details[open]").count() == 0
    page.close()


@pytest.mark.parametrize("width", [320, 400, 1200])
@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("days", [20, 900])
def test_a_simulation_is_readable_at_any_width(
    browser: Browser, tmp_path: Path, width: int, language: str, days: int
) -> None:
    """Nothing is wider than the screen, words of an axis keep their size and do not run into each other."""
    words = Words(language)
    path = tmp_path / "index.html"
    view = simulation_view(outcome("Mihail Kogălniceanu", days), words)
    path.write_text(render_simulation(view, words), encoding="utf-8", newline="")
    page = browser.new_page(viewport={"width": width, "height": 800})
    asked: list[str] = []
    problems: list[str] = []
    page.on("request", lambda r: asked.append(r.url))
    page.on("console", lambda m: problems.append(m.text))
    page.goto(path.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(RUN_TOGETHER) == []
    sizes = page.evaluate(
        "[...document.querySelectorAll('.axis')].map(e => e.getBoundingClientRect().height)"
    )
    assert min(sizes) > 10
    area = page.locator(".area").first.bounding_box()
    assert area is not None
    assert area["width"] > width / 2.1
    assert asked == [path.as_uri()]
    assert problems == []
    page.close()
