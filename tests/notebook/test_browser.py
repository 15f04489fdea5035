"""The card in a real browser: on nbconvert's page, in light and in dark, without a violation that axe-core knows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from nbconvert import HTMLExporter
from nbformat import v4
from playwright.sync_api import Browser, Page

from grader.notebook import check
from grader.notebook.score import Score

EXERCISES = Path(__file__).resolve().parents[2] / "exercises"
PLAIN = "<!doctype html><html lang='en'><title>A page</title><body><main><h1>Page</h1>{card}</main></body></html>"
VSCODE = "--vscode-foreground: #d4d4d4; --vscode-errorForeground: #f48771; --vscode-panel-border: #80808059"

Violations = Callable[[Page], list[str]]  # the fixture: what axe-core finds


def right(z: Any, tau: Any, axis: int = -1) -> Any:  # noqa: ANN401 - as students write
    """Return probabilities, right for ordinary logits."""
    scaled = np.asarray(z, dtype=float) / tau
    weights = np.exp(scaled - scaled.max(axis=axis, keepdims=True))
    return weights / weights.sum(axis=axis, keepdims=True)


def multiplied(z: Any, tau: Any, axis: int = -1) -> Any:  # noqa: ANN401 - as students write
    """Return what comes of multiplying by the temperature."""
    return right(z, 1 / np.asarray(tau, dtype=float), axis)


def crashing(z: Any, tau: Any, axis: int = -1) -> Any:  # noqa: ANN401 - as students write
    """Return nothing: there is no such function in NumPy."""
    return np.softmax(z / tau, axis)


def unwritten(z: Any, tau: Any, axis: int = -1) -> Any:  # noqa: ANN401 - as students write
    """Return nothing yet."""
    raise NotImplementedError


ANSWERS = {"wrong": multiplied, "crash": crashing, "todo": unwritten, "nearly": right}


def score(answer: str, language: str = "en") -> Score:
    """Return what the exercise softmax says of an answer."""
    return check("softmax", ANSWERS[answer], lang=language, course=EXERCISES)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Return an empty page that fetches nothing from anywhere."""
    page = browser.new_page(viewport={"width": 900, "height": 1200})
    page.route("http*://**", lambda route: route.abort())
    yield page
    page.close()


def converted(scores: list[Score], theme: str) -> str:
    """Return the page that `nbconvert --to html` makes of a notebook with these results."""
    cells = [
        v4.new_code_cell(
            f"check({number})",
            outputs=[v4.new_output("execute_result", {"text/plain": repr(one), "text/html": one._repr_html_()})],
        )
        for number, one in enumerate(scores)
    ]
    html, _ = HTMLExporter(template_name="lab", theme=theme).from_notebook_node(v4.new_notebook(cells=cells))
    return str(html)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_card_has_no_violation_on_a_converted_notebook(page: Page, violations: Violations, theme: str) -> None:
    """All kinds of cards below each other, in both languages, in the themes of JupyterLab."""
    scores = [score(answer, language) for answer in ANSWERS for language in ("en", "es")]
    page.set_content(converted(scores, theme), wait_until="domcontentloaded")
    assert page.locator(".grader-card").count() == 2 * len(ANSWERS)
    assert violations(page) == []


@pytest.mark.parametrize("style", ["", f"background: #1e1e1e; {VSCODE}"])
def test_a_card_has_no_violation_on_another_page(page: Page, violations: Violations, style: str) -> None:
    """One without any theme, and one that has the variables of VS Code."""
    page.set_content(PLAIN.format(card=score("wrong")._repr_html_()))
    page.evaluate("style => document.documentElement.style = style", style)
    assert violations(page) == []


def test_a_card_takes_the_colours_of_its_page(page: Page) -> None:
    """Its text is as light as the theme's on a dark page, and as dark on a light one."""
    colours = {}
    for theme in ("light", "dark"):
        page.set_content(converted([score("wrong")], theme), wait_until="domcontentloaded")
        colour = page.locator(".grader-card").evaluate("card => getComputedStyle(card).color")
        colours[theme] = sum(
            int(part) for part in colour.removeprefix("rgba(").removeprefix("rgb(").rstrip(")").split(",")[:3]
        )
    assert colours["light"] < 3 * 100 < 3 * 155 < colours["dark"]


def test_a_card_runs_and_fetches_nothing(browser: Browser) -> None:
    """A page with a card asks for nothing, and opens its hints without a script."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_content(PLAIN.format(card=score("wrong")._repr_html_()))
    hint = page.locator("summary", has_text="A hint")
    hidden = page.locator("details .part").first
    assert not hidden.is_visible()
    hint.click()
    assert hidden.is_visible()
    assert [url for url in asked if not url.startswith("data:")] == []
    context.close()


def test_a_screen_reader_is_told_what_the_bars_show(page: Page) -> None:
    """As a picture with a name, and each number beside its header."""
    page.set_content(PLAIN.format(card=score("wrong")._repr_html_()))
    bars = page.get_by_role("img", name="Expected and got, on a scale from 0 to 1")
    assert bars.count() == 1
    assert "expected 0." in bars.locator("desc").text_content()
    assert page.get_by_role("table", name="Expected and got").get_by_role("columnheader").all_text_contents()[-2:] == [
        "expected",
        "got",
    ]
    assert page.get_by_role("rowheader").count() >= 2


def test_a_card_fits_a_narrow_column(page: Page) -> None:
    """Nothing sticks out to the right of a phone."""
    page.set_viewport_size({"width": 360, "height": 800})
    page.set_content(PLAIN.format(card=score("wrong")._repr_html_()))
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
