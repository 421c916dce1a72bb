"""The HTML report in a real browser: nothing loaded, accessible, no sideways scrolling, prints."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from hongxian.reports.html import render
from hongxian.reports.model import Report

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update",
         "--disable-sync"]  # fmt: skip
OPEN = "document.querySelectorAll('details').forEach(d => d.open = true)"
AXE = """axe.run({resultTypes: ['violations']}).then(
  r => r.violations.map(v => v.id + ': ' + v.nodes[0].html.slice(0, 120)))"""


@pytest.fixture(scope="module")
def axe() -> str:
    spec = find_spec("axe_playwright_python")
    assert spec is not None
    assert spec.origin is not None
    return (Path(spec.origin).parent / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def browser(request: pytest.FixtureRequest) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium")
    if program is None:
        reporter = request.config.pluginmanager.get_plugin("terminalreporter")
        if reporter is not None:
            reporter.write_line("\nNOT RUN: the report in a browser (tests/reports): no chromium")
        pytest.skip("no chromium")
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=program, args=FLAGS)
        yield chromium
        chromium.close()


LOOKS = [(lang, scheme, width) for lang in ("zh", "en") for scheme in ("light", "dark")
         for width in (375, 1280)]  # fmt: skip
PAIRED = [("zh", "light", 375), ("zh", "dark", 1280), ("en", "light", 1280), ("en", "dark", 375)]
"""Each two of language, scheme and width together; the third adds time alone."""


@contextmanager
def opened(
    browser: Any, report: Report, folder: Path, look: tuple[str, str, int]
) -> Iterator[tuple[Any, list[str]]]:
    """Yield a page with everything unfolded, and the addresses that it asked for."""
    lang, scheme, width = look
    path = folder / "report.html"
    path.write_text(render(report, lang), encoding="utf-8")
    size = {"width": width, "height": 900}
    context = browser.new_context(viewport=size, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(path.as_uri())
    page.evaluate(OPEN)
    try:
        yield page, requests
    finally:
        context.close()


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_it_fits_and_loads_nothing(
    browser: Any, both: Report, tmp_path: Path, look: tuple[str, str, int]
) -> None:
    with opened(browser, both, tmp_path, look) as (page, requests):
        assert page.evaluate("document.documentElement.scrollWidth") <= look[2]
        assert requests == [(tmp_path / "report.html").as_uri()]


@pytest.mark.parametrize("look", PAIRED, ids=str)
def test_it_is_accessible(
    browser: Any, axe: str, both: Report, tmp_path: Path, look: tuple[str, str, int]
) -> None:
    with opened(browser, both, tmp_path, look) as (page, _):
        page.evaluate(axe)
        assert page.evaluate(AXE) == []


@pytest.mark.parametrize("look", PAIRED, ids=str)
def test_a_timeline_fits_and_is_accessible(
    browser: Any, axe: str, storied: Report, tmp_path: Path, look: tuple[str, str, int]
) -> None:
    with opened(browser, storied, tmp_path, look) as (page, requests):
        assert page.evaluate("document.documentElement.scrollWidth") <= look[2]
        page.evaluate(axe)
        assert page.evaluate(AXE) == []
        assert requests == [(tmp_path / "report.html").as_uri()]


def test_a_mark_leads_to_its_row(browser: Any, storied: Report, tmp_path: Path) -> None:
    with opened(browser, storied, tmp_path, ("zh", "light", 1280)) as (page, _):
        link = page.locator(".strip a[href] .m.violated").first
        target = link.evaluate("e => e.parentElement.getAttribute('href')")
        link.dispatch_event("click")
        assert page.evaluate("location.hash") == target
        assert page.locator(f"tr{target}").evaluate("e => e.matches(':target')")


def test_labels_of_the_timeline_stay_in_their_picture(
    browser: Any, storied: Report, tmp_path: Path
) -> None:
    for lang in ("zh", "en"):
        with opened(browser, storied, tmp_path, (lang, "light", 1280)) as (page, _):
            outside = page.evaluate("""[...document.querySelectorAll('.strip text')].filter(e => {
              const box = e.getBBox(), view = e.ownerSVGElement.viewBox.baseVal;
              return box.x < -1 || box.x + box.width > view.width + 1;
            }).map(e => e.textContent)""")
            assert outside == []


def test_print_shows_what_is_folded_on_screen(
    browser: Any, watched: Report, tmp_path: Path
) -> None:
    path = tmp_path / "report.html"
    path.write_text(render(watched, "zh"), encoding="utf-8")
    page = browser.new_page()
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.goto(path.as_uri())
    folded = page.locator("details.finding:not([open]) .body").first
    assert folded.evaluate("e => e.checkVisibility({contentVisibilityAuto: true})") is False
    page.emulate_media(media="print")
    assert folded.evaluate("e => e.checkVisibility({contentVisibilityAuto: true})") is True
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
    assert messages == []
    page.close()
