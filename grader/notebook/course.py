"""Course: the folder in which an instructor works with nbgrader, written once and then theirs.

It holds no solution, only the path of the folder that does. Since gradebook and path are nobody else's business, a new
folder is its owner's alone, and the exchange, where students fetch and submit, lies outside of it.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from grader.author.notebooks import build_notebooks
from grader.author.release import build_release
from grader.exercise.check import AuthorError
from grader.exercise.course import load_author_course
from grader.exercise.texts import LANGUAGES

CONFIG: Final = "nbgrader_config.py"
STUDENTS: Final = "students.csv"
OWNERS: Final = 0o700  # nobody else looks into it
STICKY: Final = 0o1777  # all may add to it; nobody may rename or remove what is another's
SETTINGS: Final = """\
# Every nbgrader command in this folder reads this file, and so does formgrader when JupyterLab is started here.

import warnings

from grader.notebook.autograde import configure
from sqlalchemy.exc import SAWarning

warnings.simplefilter("ignore", SAWarning)  # of how nbgrader itself makes a submission: nothing is wrong

c = get_config()  # noqa: F821 - nbgrader gives it
c.CourseDirectory.course_id = {course}
c.Exchange.root = {exchange}  # students need these two lines in their ~/.jupyter/nbgrader_config.py

# Grade outside the kernel, with the hidden checks of this folder.
configure(c, solutions={solutions}, language={language})
"""
EXAMPLES: Final = """\
id,first_name,last_name,email
ana,Ana,Arias,ana@example.org
ben,Ben,Berg,ben@example.org
chloe,Chloé,Chen,chloe@example.org
"""


@dataclass(frozen=True, slots=True)
class Course:
    """A course folder, as it was written."""

    folder: Path
    exchange: Path
    labs: tuple[str, ...]
    written: tuple[Path, ...]
    kept: tuple[Path, ...]  # what was there, and is not what would have been written


def write_course(folder: Path, solutions: Path, *, exchange: Path | None = None, language: str | None = None) -> Course:
    """Write a course folder; one that has a configuration already is left alone, and no file is written over.

    Parameters
    ----------
    folder : Path
        New, or empty, or with files of the instructor's own. They are kept, and so is the folder's mode.
    solutions : Path
        The hidden solutions, whose path is written down.
    exchange : Path, optional
        Where students fetch and submit; else beside the folder.
    language : str, optional
        The language of the cards.
    """
    if os.path.lexists(folder / CONFIG):
        raise AuthorError(f"{folder / CONFIG} is there already; remove it, or name another folder")
    course = load_author_course(solutions)
    folder.mkdir(mode=OWNERS, parents=True, exist_ok=True)
    shared = (exchange or folder.with_name(f"{folder.resolve().name}-exchange")).resolve()
    named = re.sub(r"\W+", "_", course.titles.get("en", "course").lower())
    notebooks = {f"source/{name}": text for name, text in build_notebooks(course, build_release(course)).items()}
    config = SETTINGS.format(
        course=json.dumps(named),
        exchange=json.dumps(str(shared)),
        solutions=json.dumps(str(solutions)),
        language=json.dumps(language or LANGUAGES[0]),
    )
    made = {STUDENTS: EXAMPLES, **notebooks, CONFIG: config}  # the last, so that what ends early may be run again
    labs = tuple(lab.slug for lab in course.assignments if lab.exercises)
    there = {name for name in made if os.path.lexists(folder / name)}
    kept = tuple(folder / name for name in made if name in there and not _holds(folder / name, made[name]))
    new = {name: text for name, text in made.items() if name not in there}
    return Course(folder, shared, labs, (*_write(folder, new), *_open_exchange(shared)), kept)


def next_commands(course: Course) -> list[str]:
    """Return what an instructor runs next, from the first notebook to the marks."""
    lab = course.labs[0]
    return [
        f"cd {shlex.quote(str(course.folder))}",
        f"nbgrader db student import {STUDENTS}",
        f"nbgrader generate_assignment {lab}",
        f"nbgrader release_assignment {lab}",
        f"nbgrader collect {lab}",
        f"grader nbgrader autograde {lab}",
        f"nbgrader generate_feedback {lab}",
        f"nbgrader release_feedback {lab}",
        "nbgrader export",
    ]


def open_to_others(folder: Path) -> str:
    """Return the mode of a folder that not only its owner can look into, as chmod writes it; else nothing."""
    mode = stat.S_IMODE(folder.stat().st_mode)
    return f"{mode:o}" if mode & ~OWNERS & 0o777 else ""


def _holds(path: Path, text: str) -> bool:
    return path.is_file() and path.read_bytes() == text.encode()


def _write(folder: Path, made: dict[str, str]) -> Iterator[Path]:
    for name, text in made.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        yield path


def _open_exchange(path: Path) -> Iterator[Path]:
    """Make the exchange; one that is there is left as its owner has it."""
    if not path.exists():
        path.mkdir(parents=True)
        path.chmod(STICKY)
        yield path
