"""What the system does not let us read is no mark, by either command, and is graded as soon as it can be read."""

# ruff: noqa: SIM300 - the order of this house is expected == actual

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import pytest

from grader.exercise.check import AuthorError
from grader.notebook.lab import open_lab

pytestmark = pytest.mark.filterwarnings("ignore")
LAB: Final = "lab-00"
HELD: Final = "-dac_override,-dac_read_search"  # without these, the modes of files count for root, too
TO_DO: Final = "cannot be opened: Permission denied; make it readable, and run this again"
Course = Any  # the fixture: a course folder, and nbgrader to work in it
Person = Any  # the fixture: makes somebody who types commands
Program = Callable[..., subprocess.CompletedProcess[str]]
Make = Callable[..., Any]


@pytest.fixture
def held() -> tuple[str, ...]:
    """Return the beginning of a command whose process may open only what the modes of files allow."""
    if os.geteuid() != 0:
        return ()
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        pytest.skip("root opens everything, and there is no setpriv to take that away")
    return (setpriv, f"--bounding-set={HELD}", f"--inh-caps={HELD}")


def scores(course: Course) -> list[tuple[str, float]]:
    """Return who has a mark for the first exercise, and which."""
    with closing(sqlite3.connect(course.root / "gradebook.db")) as database:
        students = database.execute("SELECT student_id FROM submitted_assignment ORDER BY student_id").fetchall()
    marks = [(student, course.scores(student)["softmax-check"]) for (student,) in students]
    return [(student, mark) for student, mark in marks if mark is not None]


CLOSED: Final = {  # student -> what of theirs is closed, and how
    "ana": (f"{LAB}.ipynb", 0),
    "bea": ("timestamp.txt", 0),
    "cleo": (".", 0o444),
}


def closed(course: Course) -> dict[str, Path]:
    """Close something of each one's, whose folder holds nothing but the notebook, as a download leaves it."""
    paths = {}
    for student, (name, mode) in CLOSED.items():
        folder: Path = course.root / "submitted" / student / LAB
        if mode:
            (folder / "timestamp.txt").unlink()
        (folder / name).chmod(mode)
        paths[student] = folder / name
    return paths


def test_what_cannot_be_opened_is_named_and_graded_when_it_can(
    course: Course,
    program: Program,
    held: tuple[str, ...],
    *,
    notebook: Make,
    solved: dict[str, str],
    worth: dict[str, float],
) -> None:
    """All are named with what to do, ben is graded, and nobody has to know of --force."""
    for student in (*CLOSED, "ben", "dora"):
        course.hand_in(student, notebook(solved))
    (course.root / "submitted" / "notes.txt").touch()
    paths = closed(course)
    whole = course.root / "submitted" / "dora"
    whole.chmod(0)
    done = program("nbgrader", "autograde", LAB, cwd=course.root, prefix=held)
    assert (4, "graded 1 of 5; 0 were graded before") == (done.returncode, done.stdout.split("\n")[0])
    for student, path in {**paths, "dora": whole / LAB}.items():
        assert f"grader: {student} was not graded: {path} {TO_DO}\n" in done.stderr
    full = worth["softmax-check"]
    assert [("ben", full)] == scores(course)
    for path in (*paths.values(), whole):
        path.chmod(0o755)
    again = program("nbgrader", "autograde", LAB, cwd=course.root, prefix=held)
    assert (0, "graded 4 of 5; 1 were graded before") == (again.returncode, again.stdout.split("\n")[0])
    assert [(student, full) for student in ("ana", "bea", "ben", "cleo", "dora")] == scores(course)


def test_nbgraders_own_command_writes_no_0_for_what_cannot_be_opened(
    course: Course,
    person: Person,
    held: tuple[str, ...],
    *,
    notebook: Make,
    solved: dict[str, str],
    worth: dict[str, float],
    tmp_path: Path,
) -> None:
    """It fails each of them, and says so; ben is graded, and they are as soon as their notebooks can be read."""
    for student in (*CLOSED, "ben"):
        course.hand_in(student, notebook(solved))
    paths = closed(course)
    environ = {"JUPYTER_CONFIG_DIR": "/nonexistent", "XDG_CACHE_HOME": os.environ["XDG_CACHE_HOME"]}
    me = person("me", tmp_path, held, environ=environ)
    wish = {"at": str(course.root), "run": ["autograde", LAB]}
    (failed,) = me.tries([wish])
    assert 1 == failed["code"]
    for student in CLOSED:
        assert f"There was an error processing assignment 'lab-00' for student '{student}'" in failed["said"]
    assert "for student 'ben'" not in failed["said"]
    assert len(CLOSED) <= failed["said"].count(TO_DO)
    full = worth["softmax-check"]
    assert [("ben", full)] == scores(course)
    for path in paths.values():
        path.chmod(0o755)
    me.types([wish])
    assert [(student, full) for student in ("ana", "bea", "ben", "cleo")] == scores(course)


def test_a_folder_of_submissions_that_cannot_be_read_is_refused(
    course: Course, program: Program, held: tuple[str, ...], notebook: Make
) -> None:
    """As if nobody had handed in is what a glob says of it."""
    course.hand_in("ana", notebook())
    folder = course.root / "submitted"
    folder.chmod(0)
    done = program("nbgrader", "autograde", LAB, cwd=course.root, prefix=held)
    said = f"grader: {folder} cannot be read: Permission denied; make it a readable folder, and run this again\n"
    assert (2, "", said) == (done.returncode, done.stdout, done.stderr)
    folder.chmod(0o755)


def test_a_file_in_place_of_the_folder_of_submissions_is_refused(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It holds nobody, and it is no class in which nobody has handed in."""
    monkeypatch.chdir(course.root)
    (course.root / "submitted").touch()
    lab = open_lab(LAB, solutions=None, language=None, sandbox=None)
    with pytest.raises(AuthorError, match="submitted cannot be read: Not a directory; make it a readable folder"):
        lab.handed_in()


def test_that_nobody_has_handed_in_yet_is_said_in_words(course: Course, program: Program) -> None:
    """It is no fault, and no success either."""
    done = program("nbgrader", "autograde", LAB, cwd=course.root)
    said = f"nobody has handed in {LAB} yet; to fetch what is in the exchange, run: nbgrader collect {LAB}\n"
    assert (0, said, "") == (done.returncode, done.stdout, done.stderr)


def test_a_student_who_is_nobody_is_refused(course: Course, program: Program, notebook: Make) -> None:
    """A name that was mistyped is no student who is graded."""
    student = "nobodyhere"
    course.hand_in("ana", notebook())
    done = program("nbgrader", "autograde", LAB, "--student", student, cwd=course.root)
    folder = course.root / "submitted" / student / LAB
    said = f"grader: --student {student} names nobody who has handed in: there is no folder {folder}\n"
    assert (2, "", said) == (done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize(("student", "found"), [("*", ["a[1]", "ana"]), ("an?", ["ana"]), ("a[1]", ["a[1]"])])
def test_a_student_is_named_as_nbgrader_names_them_or_as_they_are_called(
    course: Course, monkeypatch: pytest.MonkeyPatch, student: str, found: list[str]
) -> None:
    """By a pattern, or by a name that only looks like one; what is no folder of the lab is passed over."""
    monkeypatch.chdir(course.root)
    for name in ("ana", "a[1]"):
        (course.root / "submitted" / name / LAB).mkdir(parents=True)
    (course.root / "submitted" / "bob").mkdir()
    (course.root / "submitted" / "bob" / LAB).symlink_to(course.root)
    (course.root / "submitted" / "eve").mkdir()
    (course.root / "submitted" / "eve" / LAB).touch()
    lab = open_lab(LAB, solutions=None, language=None, sandbox=None)
    assert found == [one.student for one in lab.handed_in(student)]


def test_an_environment_that_is_not_activated_is_said_in_words(
    course: Course, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """It is needed when nbgrader makes a gradebook: it starts alembic from the PATH."""
    monkeypatch.chdir(course.root)
    (course.root / "gradebook.db").unlink(missing_ok=True)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(AuthorError, match="does not find alembic on the PATH; activate the environment"):
        open_lab(LAB, solutions=None, language=None, sandbox=None)
