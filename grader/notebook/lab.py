"""Lab: one assignment of an nbgrader course, graded at once: what was handed out, and where things are kept.

What nbgrader asks anew for each submission is read here once. Paths, ignored files and permissions are as its
configuration says.
"""

from __future__ import annotations

import json
import logging
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, Final

from nbgrader.api import Gradebook, InvalidEntry, MissingEntry
from nbgrader.apps import AutogradeApp
from nbgrader.converters import Autograde
from nbgrader.coursedir import CourseDirectory
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from grader.classroom.exam import Exam, read_exam
from grader.exercise.check import AuthorError
from grader.notebook.autograde import GradeOutside, checked_in, released_cells
from grader.notebook.execute import ExecuteInside
from grader.notebook.released import Released
from grader.notebook.room import ALSO, Terms
from grader.notebook.walls import bubblewrap

CONFIG: Final = "nbgrader_config.py"
PATIENCE: Final = 30  # seconds that another program may write to the gradebook; nbgrader itself writes for moments
SPOKEN: Final = logging.getLogger("tornado.application")  # where nbgrader tells what its gradebook refused
Node = Any  # nbgrader is not typed


@dataclass(frozen=True, slots=True)
class HandedIn:
    """One student's folder of a lab."""

    student: str
    folder: Path


@dataclass(frozen=True)
class Lab:
    """An assignment with its exam; ``app`` is nbgrader's own program, which read the course's configuration."""

    name: str
    app: Node
    released: Mapping[str, Released]
    kernel: Mapping[str, Any]
    exam: Exam
    terms: Terms
    execute: bool = False  # whether cells are run anew, for their outputs

    @property
    def course(self) -> CourseDirectory:
        """Where nbgrader keeps things."""
        return self.app.coursedir

    def folder(self, step: str, student: str) -> Path:
        """Return where a student's files of a step are, such as ``submitted``."""
        return Path(self.course.format_path(step, student, self.name))

    def handed_in(self, student: str = "*") -> list[HandedIn]:
        """Return who handed something in, sorted; also whose folder cannot be looked at: grading them tells why."""
        step = self.course.submitted_directory
        parts = self.folder(step, "*").parts
        above = Path(*parts[: parts.index("*")])
        names = (name for name in sorted(_names_in(above)) if name == student or fnmatchcase(name, student))
        entries = (HandedIn(name, self.folder(step, name)) for name in names)
        return [entry for entry in entries if _may_be_folder(entry.folder)]


def open_lab(
    name: str, *, solutions: Path | None, language: str | None, sandbox: str | None, execute: bool = False
) -> Lab:
    """Return a lab of the course in the working directory; what is given here beats its configuration."""
    app = AutogradeApp()
    app.initialize(["--quiet"])  # what it says of each file is said once, at the end
    if not (Path(app.coursedir.root) / CONFIG).exists():
        raise AuthorError(f"{app.coursedir.root} holds no {CONFIG}; go to the folder that `grader nbgrader init` made")
    app.coursedir.assignment_id = name
    terms = GradeOutside(parent=app).terms(solutions=solutions, language=language, sandbox=sandbox)
    anew = execute or ExecuteInside(parent=app).enabled
    if anew:
        bubblewrap()  # before anything is graded
    with open_gradebook(app.coursedir) as gradebook:
        try:
            notebook = gradebook.find_notebook(name, name)
        except MissingEntry:
            hint = f"run: nbgrader generate_assignment {name}"
            raise AuthorError(f"{name} is not in the gradebook {app.coursedir.db_url}; {hint}") from None
        released, kernel = dict(released_cells(notebook)), json.loads(notebook.kernelspec or "{}")
    slugs = checked_in([_bare(cell) for cell in released.values()], terms.solutions)
    exam = read_exam(terms.solutions, slugs, policy=terms.policy, language=terms.language, also=ALSO)
    return Lab(name, app, released, kernel, exam, terms, anew)


def converter(lab: Lab) -> Autograde:
    """Return nbgrader's autograder, which knows permissions and hooks."""
    return Autograde(coursedir=lab.course, parent=lab.app)


def open_gradebook(course: CourseDirectory) -> Gradebook:
    """Open a course's gradebook; whoever writes to it is waited for much longer than SQLite would."""
    url = make_url(course.db_url)
    if url.get_backend_name() == "sqlite":
        url = url.update_query_dict({"timeout": str(PATIENCE)})
    SPOKEN.addHandler(logging.NullHandler())  # else a hundred lines of nbgrader's stand above our sentence
    try:
        return Gradebook(url.render_as_string(hide_password=False), course.course_id)
    except (SQLAlchemyError, InvalidEntry) as error:
        raise AuthorError(unusable(error)) from error
    except FileNotFoundError as error:  # for a new gradebook nbgrader starts alembic, by its bare name
        hint = "activate the environment that nbgrader is installed in, and run this again"
        raise AuthorError(f"nbgrader does not find {error.filename} on the PATH; {hint}") from None


def unusable(error: Exception) -> str:
    """Return why nothing could be read from the gradebook, or written to it, in a sentence."""
    if "locked" in str(error):
        return f"the gradebook was in use for {PATIENCE} seconds; close what has it open, and run this again"
    return f"the gradebook cannot be used: {error}".partition("\n")[0]


def is_due(lab: Lab, entry: HandedIn, *, again: bool) -> bool:
    """Say whether a submission is to be graded: not if it was, unless a newer one came in."""
    done = lab.folder(lab.course.autograded_directory, entry.student)
    return again or not done.is_dir() or _newer(lab, entry.folder, done)


def timestamp(lab: Lab, folder: Path) -> Any:  # noqa: ANN401 - nbgrader is not typed
    """Return when something was handed in, or None; what is no time is none."""
    try:
        return lab.course.get_existing_timestamp(str(folder))
    except (OSError, ValueError, OverflowError, AttributeError):  # the last: nbgrader's own report of a bad one fails
        return None


def _names_in(folder: Path) -> list[str]:
    """Return what is in a folder; a glob would say nothing where the system refuses that."""
    try:
        return os.listdir(folder)  # noqa: PTH208 - names are wanted, and no paths
    except FileNotFoundError:
        return []  # nothing was collected yet
    except OSError as error:
        told = f"{folder} cannot be read: {error.strerror}"
        raise AuthorError(f"{told}; make it a readable folder, and run this again") from None


def _may_be_folder(path: Path) -> bool:
    try:
        return stat.S_ISDIR(path.lstat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True


def _newer(lab: Lab, handed_in: Path, graded: Path) -> bool:
    now, before = timestamp(lab, handed_in), timestamp(lab, graded)
    return now is not None and before is not None and now > before


def _bare(cell: Released) -> dict[str, Any]:
    return {"cell_type": cell.cell_type, "metadata": {"nbgrader": cell.metadata}}
