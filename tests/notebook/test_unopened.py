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


def closed(course: Course, name: str, mode: int) -> Path:
    """Close something of ana's, whose folder holds nothing but her notebook, as a download leaves it."""
    folder: Path = course.root / "submitted" / "ana" / LAB
    if mode:
        (folder / "timestamp.txt").unlink()
    (folder / name).chmod(mode)
    return folder / name


CLOSED = pytest.mark.parametrize(
    ("name", "mode"),
    [(f"{LAB}.ipynb", 0), ("timestamp.txt", 0), (".", 0o444)],
    ids=["notebook", "time", "folder"],
)


@CLOSED
def test_what_cannot_be_opened_is_named_and_graded_when_it_can(
    course: Course,
    program: Program,
    held: tuple[str, ...],
    *,
    notebook: Make,
    solved: dict[str, str],
    worth: dict[str, float],
    name: str,
    mode: int,
) -> None:
    """Ana is named with what to do, ben is graded, and nobody has to know of --force."""
    for student in ("ana", "ben"):
        course.hand_in(student, notebook(solved))
    path = closed(course, name, mode)
    done = program("nbgrader", "autograde", LAB, cwd=course.root, prefix=held)
    assert (4, "graded 1 of 2; 0 were graded before") == (done.returncode, done.stdout.split("\n")[0])
    assert f"grader: ana was not graded: {path} {TO_DO}\n" in done.stderr
    full = worth["softmax-check"]
    assert [("ben", full)] == scores(course)
    path.chmod(0o755)
    again = program("nbgrader", "autograde", LAB, cwd=course.root, prefix=held)
    assert (0, "graded 1 of 2; 1 were graded before") == (again.returncode, again.stdout.split("\n")[0])
    assert [("ana", full), ("ben", full)] == scores(course)


@CLOSED
def test_nbgraders_own_command_writes_no_0_for_what_cannot_be_opened(
    course: Course,
    person: Person,
    held: tuple[str, ...],
    *,
    notebook: Make,
    solved: dict[str, str],
    worth: dict[str, float],
    tmp_path: Path,
    name: str,
    mode: int,
) -> None:
    """It fails ana, and says so; ben is graded, and she is as soon as her notebook can be read."""
    for student in ("ana", "ben"):
        course.hand_in(student, notebook(solved))
    path = closed(course, name, mode)
    environ = {"JUPYTER_CONFIG_DIR": "/nonexistent", "XDG_CACHE_HOME": os.environ["XDG_CACHE_HOME"]}
    me = person("me", tmp_path, held, environ=environ)
    wish = {"at": str(course.root), "run": ["autograde", LAB]}
    (failed,) = me.tries([wish])
    assert 1 == failed["code"]
    assert "There was an error processing assignment 'lab-00' for student 'ana'" in failed["said"]
    assert "for student 'ben'" not in failed["said"]
    assert TO_DO in failed["said"]
    full = worth["softmax-check"]
    assert [("ben", full)] == scores(course)
    path.chmod(0o755)
    me.types([wish])
    assert [("ana", full), ("ben", full)] == scores(course)
