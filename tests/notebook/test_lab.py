"""The notebooks as people meet them, in a real browser: a student in JupyterLab, an instructor in formgrader.

One server runs for all, started in the course's folder as an instructor starts it. What the pages looked like is kept
in pytest's folder for temporary files.
"""

from __future__ import annotations

import json
import os
import queue
import re
import secrets
import subprocess
import sys
import sysconfig
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

LAB = "lab-00"
WRONG = Path(__file__).resolve().parents[2] / "solutions" / "softmax" / "mistakes" / "tau_multiplied" / "inside.py"
LONGEST = 60  # seconds that a page may take, on a busy machine
FAR = re.compile(r"https?://(?!127\.0\.0\.1)")
QUIET = {"fetchNews": "false", "checkForUpdates": False}  # what JupyterLab would ask, and ask of others
TAKEN = "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">"
BUTTON = "<p class='nbgrader_cell'><i id='softmax-check'></i><a class='full-credit'>A picture</a></p>"
OPTIONS = ("--allow-root", "--no-browser", "--ip=127.0.0.1", "--port=0", "--LabApp.extension_manager=readonly")
Json = dict[str, Any]
Make = Callable[..., Any]


@dataclass(frozen=True)
class Site:
    """A running JupyterLab."""

    address: str
    token: str
    course: Any  # its folder, and nbgrader to work in it


@pytest.fixture(scope="module")
def site(
    tmp_path_factory: pytest.TempPathFactory, copied: Make, notebook: Make, solved: dict[str, str]
) -> Iterator[Site]:
    """Start JupyterLab in a course where ana has all but softmax, and ben handed in, with script in all he could."""
    home = tmp_path_factory.mktemp("lab")
    course = copied(home)
    unwritten = {cell["id"]: cell["source"] for cell in notebook()["cells"]}["softmax"]
    begun = notebook({**solved, "softmax": unwritten, "answer": "In my words."})
    (course.root / "desk").mkdir()
    (course.root / "desk" / f"{LAB}.ipynb").write_text(json.dumps(begun), encoding="utf-8")
    done = notebook({**solved, "softmax": WRONG.read_text(encoding="utf-8"), "answer": f"In ben's words. {TAKEN}"})
    shown = {"output_type": "display_data", "data": {"text/html": f"<b>ben's</b>{TAKEN}{BUTTON}"}, "metadata": {}}
    next(cell for cell in done["cells"] if cell["id"] == "softmax-picture")["outputs"] = [shown]
    course.hand_in("ben", done)
    token = secrets.token_hex(8)
    with serving(course.root, home, token) as address:
        yield Site(address, token, course)


@contextmanager
def serving(folder: Path, home: Path, token: str) -> Iterator[str]:
    """Start JupyterLab in a folder for somebody with a home, and give its address."""
    settings = home / ".jupyter" / "lab" / "user-settings" / "@jupyterlab" / "apputils-extension"
    settings.mkdir(parents=True)
    (settings / "notification.jupyterlab-settings").write_text(json.dumps(QUIET), encoding="ascii")
    environ = {
        "HOME": str(home),
        "XDG_CACHE_HOME": os.environ["XDG_CACHE_HOME"],
        "PATH": f"{sysconfig.get_path('scripts')}:{os.defpath}",
        "LANG": "C.UTF-8",
        "GRADER_LANG": "en",
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
    }
    command = [sys.executable, "-m", "jupyterlab", *OPTIONS, f"--IdentityProvider.token={token}"]
    with subprocess.Popen(command, cwd=folder, env=environ, stderr=subprocess.PIPE, text=True) as server:
        lines: queue.Queue[str] = queue.Queue()
        reader = threading.Thread(target=pump, args=(server.stderr, lines))
        reader.start()
        try:
            yield announced(lines)
        finally:
            server.terminate()  # it ends its kernels, too
            reader.join()


def pump(stream: IO[str], lines: queue.Queue[str]) -> None:
    """Read all that a server says, or it would wait for a reader."""
    for line in stream:
        lines.put(line)
    lines.put("")


def announced(lines: queue.Queue[str]) -> str:
    """Return the address that a server says it has."""
    said = []
    while line := lines.get(timeout=LONGEST):
        said.append(line)
        if found := re.search(r"http://127\.0\.0\.1:\d+/", line):
            return found[0]
    raise AssertionError("".join(said))


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    """Return an empty page of somebody who is logged in; nothing is fetched from anywhere else."""
    headers = {"Authorization": f"token {site.token}"}
    with browser.new_context(viewport={"width": 1200, "height": 1400}, extra_http_headers=headers) as context:
        context.set_default_timeout(LONGEST * 1000)
        expect.set_options(timeout=LONGEST * 1000)
        context.route(FAR, lambda route: route.abort())
        yield context.new_page()


def opened(page: Page, site: Site, cells: int) -> None:
    """Open ana's notebook in JupyterLab, and wait until it is all there and its kernel answers."""
    page.goto(f"{site.address}lab/tree/desk/{LAB}.ipynb")
    expect(page.locator(".jp-Notebook .jp-Cell")).to_have_count(cells)
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()


def code(page: Page, text: str) -> Locator:
    """Return the first code cell that holds a text."""
    return page.locator(".jp-CodeCell").filter(has_text=text).first


def run(page: Page, cell: Locator, source: str | None = None) -> None:
    """Type something into a cell, if it is to hold something else, and run it."""
    cell.locator(".cm-content").click()
    if source is not None:
        page.keyboard.press("ControlOrMeta+A")
        page.keyboard.insert_text(source)
    page.keyboard.press("Control+Enter")


def validated(page: Page) -> str:
    """Press nbgrader's button, and return what it answers."""
    page.locator(".validate-button").click()
    dialog = page.locator(".jp-Dialog").filter(has_text="Validation Results")
    said = dialog.inner_text()
    dialog.get_by_role("button", name="Ok").click()
    return said


def test_a_student_sees_what_is_wrong_and_then_that_all_is_right(
    page: Page, site: Site, *, notebook: Make, solved: dict[str, str], violations: Make, tmp_path: Path
) -> None:
    """In JupyterLab: the card of a wrong answer, what Validate lists, the card of a right one, and nothing to list."""
    opened(page, site, len(notebook()["cells"]))
    answer, check = code(page, "def softmax_temperature"), code(page, 'check("softmax"')
    run(page, answer, WRONG.read_text(encoding="utf-8"))
    run(page, check)
    card = check.locator(".grader-card")
    expect(card).to_contain_text("tau_multiplied")
    expect(card).to_contain_text("Smallest case")
    page.screenshot(path=tmp_path / "wrong.png")
    assert violations(page) == []
    said = validated(page)
    assert "The following cell failed" in said
    assert 'check("softmax", softmax_temperature)' in said
    assert "FAIL 3: raising tau flattens the distribution" in said
    assert 'check("limits"' not in said
    run(page, answer, solved["softmax"])
    run(page, check)
    expect(card).to_have_class(re.compile(r"\bgood\b"))
    page.screenshot(path=tmp_path / "right.png")
    assert violations(page) == []
    assert "Success! Your notebook passes all the tests." in validated(page)


def test_an_instructor_grades_with_a_button_and_reads_a_submission(
    page: Page, site: Site, *, worth: dict[str, float], violations: Make, tmp_path: Path
) -> None:
    """In formgrader: a lab is listed, its button gives our marks, and what ben displayed is no script and no button."""
    page.goto(f"{site.address}formgrader/manage_assignments")
    page.locator("td.name").get_by_text(LAB).wait_for()
    page.goto(f"{site.address}formgrader/manage_submissions/{LAB}")
    row = page.locator("tr").filter(has=page.locator("td.student-id", has_text="ben"))
    row.locator(".autograde a").click()
    page.get_by_text(f"Successfully autograded '{LAB}' for student 'ben'.").wait_for()
    page.screenshot(path=tmp_path / "graded.png")
    earned = site.course.scores("ben")
    assert 0 < earned["softmax-check"] < worth["softmax-check"]
    assert {**worth, "softmax-check": earned["softmax-check"], "answer": None} == {**earned}
    page.goto(f"{site.address}formgrader/gradebook/{LAB}/{LAB}")
    page.locator("td.name a").first.click()
    card = page.locator(".grader-card").first
    expect(card).to_contain_text("tau_multiplied")
    card.scroll_into_view_if_needed()
    page.screenshot(path=tmp_path / "submission.png")
    assert violations(page) == []
    assert page.get_by_text("ben's").count() == 2
    assert page.title() == LAB
    page.wait_for_load_state("networkidle")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    page.get_by_text("A picture").click()
    page.wait_for_timeout(300)
    assert sent == []
