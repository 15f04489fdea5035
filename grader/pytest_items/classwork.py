"""Classwork: a student's own answers in a released course, with the public checks."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from grader.exercise.course import load_public_course
from grader.exercise.reply import Problem
from grader.fence import Policy
from grader.fence.intake import HandedIn, read_file
from grader.pytest_items.shelf import Answer, Shelf
from grader.report.look import look_at
from grader.student.place import KEPT, shown


def classwork(course: Path) -> Shelf:
    """Return the answers in a folder of exercises; it is read when the first of them is needed."""
    look = look_at(sys.__stdout__ or sys.stdout, plain=True)
    return Shelf(lambda: _answers(course), policy=Policy.BEST, look=look, faults=course / KEPT)


def _answers(folder: Path) -> Mapping[Path, Answer]:
    exercises = load_public_course(folder).exercises
    paths = {exercise.slug: folder / exercise.slug / f"{exercise.slug}.py" for exercise in exercises}
    read = {slug: read_file(path) for slug, path in paths.items()}
    handed_in = HandedIn(
        student="",
        sources={slug: source for slug, source in read.items() if isinstance(source, bytes)},
        problems={slug: problem for slug, problem in read.items() if isinstance(problem, Problem)},
    )
    return {paths[exercise.slug]: Answer(exercise, handed_in, shown(paths[exercise.slug])) for exercise in exercises}
