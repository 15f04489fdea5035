"""A real nbgrader course, handed out once for all tests of notebooks, and copied for each."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PROJECT = Path(__file__).resolve().parents[2]
SOLUTIONS = PROJECT / "solutions"
LAB = "lab-00"
CONFIG = f"""\
c = get_config()
c.CourseDirectory.course_id = "softmax"
from grader.notebook.autograde import configure
configure(c, solutions={str(SOLUTIONS)!r}, language="en")
"""
DESK = Path(__file__).with_name("desk.py")
Json = dict[str, Any]


@dataclass(frozen=True)
class Course:
    """A course folder of nbgrader's, and what nbgrader can be asked to do with it."""

    root: Path

    def api(self) -> Any:  # noqa: ANN401 - nbgrader is not typed
        """Return nbgrader itself, configured as on its command line."""
        from nbgrader.apps import NbGraderAPI  # noqa: PLC0415 - two seconds, for those who need it
        from traitlets.config import Config, PyFileConfigLoader  # noqa: PLC0415 - the same

        config = Config()
        config.CourseDirectory.root = str(self.root)
        config.merge(PyFileConfigLoader("nbgrader_config.py", path=str(self.root)).load_config())
        return NbGraderAPI(config=config)

    def hand_in(self, student: str, notebook: Json | bytes, *, lab: str = LAB) -> Path:
        """Put a notebook where nbgrader's `collect` puts it."""
        folder = self.root / "submitted" / student / lab
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{lab}.ipynb"
        path.write_bytes(notebook if isinstance(notebook, bytes) else json.dumps(notebook).encode())
        (folder / "timestamp.txt").write_text("2026-01-01 10:00:00 UTC", encoding="ascii")
        return path

    def autograde(self, student: str) -> Json:
        """Grade one student as formgrader's button does, and return what nbgrader answers."""
        answer: Json = self.api().autograde(LAB, student)
        return answer

    def graded(self, student: str) -> dict[str, Json]:
        """Return the cells of the autograded notebook by their names."""
        path = self.root / "autograded" / student / LAB / f"{LAB}.ipynb"
        return {cell["id"]: cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]}

    def marks(self, student: str) -> list[tuple[object, ...]]:
        """Return all that autograding writes into the gradebook of a student."""
        from nbgrader.api import Gradebook  # noqa: PLC0415 - the same

        with Gradebook(f"sqlite:///{self.root}/gradebook.db", "softmax") as gradebook:
            made = gradebook.find_submission_notebook(LAB, LAB, student)
            grades = [(one.name, one.auto_score, one.needs_manual_grade, one.extra_credit) for one in made.grades]
            comments = [(one.name, one.auto_comment) for one in made.comments]
            return sorted(grades) + sorted(comments) + [(made.late_submission_penalty, made.assignment.timestamp)]

    def scores(self, student: str) -> dict[str, float | None]:
        """Return what the gradebook says of each graded cell."""
        from nbgrader.api import Gradebook  # noqa: PLC0415 - the same

        with Gradebook(f"sqlite:///{self.root}/gradebook.db", "softmax") as gradebook:
            submission = gradebook.find_submission_notebook(LAB, LAB, student)
            return {grade.name: grade.auto_score for grade in submission.grades}


@dataclass(frozen=True)
class Person:
    """Somebody with a home, who types commands; ``prefix`` makes a process theirs."""

    name: str
    home: Path
    prefix: tuple[str, ...] = ()
    python: str = sys.executable
    environ: dict[str, str] = field(default_factory=dict)

    def types(self, wishes: list[Json]) -> list[str]:
        """Let them type some commands, all of which must work, and return what each said."""
        answers = self.tries(wishes)
        assert [0] * len(answers) == [answer["code"] for answer in answers], answers
        return [answer["said"] for answer in answers]

    def tries(self, wishes: list[Json]) -> list[Json]:
        """Let them type some commands, and return the exit code of each and what it said."""
        scripts = sysconfig.get_path("scripts")
        environ = {"HOME": str(self.home), "PATH": f"{scripts}:{os.defpath}", "LANG": "C.UTF-8", **self.environ}
        if not self.prefix:
            environ["XDG_CACHE_HOME"] = os.environ["XDG_CACHE_HOME"]  # which other users cannot write to
        command = [*self.prefix, self.python, str(DESK)]
        done = subprocess.run(
            command, input=json.dumps(wishes), env=environ, cwd=self.home, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        answers: list[Json] = json.loads(done.stdout)
        return answers


@pytest.fixture(scope="session")
def person() -> type[Person]:
    """Return what makes somebody who types commands."""
    return Person


@pytest.fixture(scope="session")
def handed_out(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return a course folder in which nbgrader has generated the first lab."""
    root = tmp_path_factory.mktemp("course")
    patch = pytest.MonkeyPatch()
    patch.setenv("PATH", f"{sysconfig.get_path('scripts')}{os.pathsep}{os.environ['PATH']}")  # it starts alembic
    patch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path_factory.mktemp("jupyter")))
    (root / "nbgrader_config.py").write_text(CONFIG, encoding="utf-8")
    shutil.copytree(PROJECT / "source", root / "source")
    answer = Course(root).api().generate_assignment(LAB)
    assert answer["success"], answer["log"]
    yield root
    patch.undo()


@pytest.fixture(scope="session")
def copied(handed_out: Path) -> Callable[[Path], Course]:
    """Return a function that copies it into a folder."""

    def copy(folder: Path) -> Course:
        shutil.copytree(handed_out, folder / "course")
        return Course(folder / "course")

    return copy


@pytest.fixture
def course(copied: Callable[[Path], Course], tmp_path: Path) -> Course:
    """Return a copy of it."""
    return copied(tmp_path)


@pytest.fixture(scope="session")
def notebook(handed_out: Path) -> Callable[..., Json]:
    """Return a function that makes a released notebook with other sources in the cells of some names."""

    def make(sources: Mapping[str, str] | None = None) -> Json:
        path = handed_out / "release" / LAB / f"{LAB}.ipynb"
        made: Json = json.loads(path.read_text(encoding="utf-8"))
        for cell in made["cells"]:
            cell["source"] = (sources or {}).get(cell["id"], cell["source"])
        return made

    return make


@pytest.fixture(scope="session")
def worth(handed_out: Path) -> dict[str, float]:
    """Return what each graded cell of the lab is worth."""
    made = json.loads((handed_out / "release" / LAB / f"{LAB}.ipynb").read_text(encoding="utf-8"))
    told = [cell["metadata"].get("nbgrader", {}) for cell in made["cells"]]
    return {one["grade_id"]: float(one["points"]) for one in told if one.get("grade")}


@pytest.fixture(scope="session")
def solved(worth: dict[str, float]) -> dict[str, str]:
    """Return the solutions of the lab's exercises."""
    slugs = [name.removesuffix("-check") for name in worth if name.endswith("-check")]
    return {slug: (SOLUTIONS / slug / "solution.py").read_text(encoding="utf-8") for slug in slugs}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return Debian's chromium."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - a second, for those who need it

    program = shutil.which("chromium")
    if program is None:
        pytest.skip("there is no chromium here: apt-get install -y chromium")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def violations() -> Callable[[Page], list[str]]:
    """Return a function that says what axe-core finds in the cards of a page when everything in them is open."""
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - the same

    def found(page: Page) -> list[str]:
        page.evaluate("document.querySelectorAll('.grader-card details').forEach(one => one.open = true)")
        told = Axe().run(page, context=".grader-card").response
        assert told["passes"] != []
        return [f"{one['id']}: {one['nodes'][0]['html']}" for one in told["violations"]]

    return found
