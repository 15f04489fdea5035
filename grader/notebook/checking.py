"""Checking: the public checks of an exercise on functions of a notebook, where they are.

The checks are those of the course that came with the grader, or of a folder of exercises at or above the notebook. What
is hidden is not there, so it cannot be read. The score is the share of the public points that were earned, in points of
the cell: all public checks passed is the whole cell, and grading decides with the hidden ones.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from grader.exercise.course import load_public_course, read_contents
from grader.exercise.exercise import Exercise
from grader.judge import Outcome, Report, judge
from grader.notebook.kernel import Function, Kernel, cell_of, kernel_of
from grader.notebook.memory import MEMORY
from grader.notebook.quiet import quiet
from grader.notebook.score import ChecksFail, Score, WrongCall
from grader.report.called import no_function, other_number, swapped, unknown_exercise
from grader.report.card import render_card
from grader.report.look import Look, language_of
from grader.report.screen import render_check
from grader.student.place import find_desk


def check(
    slug: str, *functions: Function, lang: str | None = None, course: str | os.PathLike[str] | None = None
) -> Score:
    """Check functions of this notebook, and show what was found.

    Parameters
    ----------
    slug : str
        The exercise: the name in the title of its file, such as ``"softmax"``.
    functions : callable
        Your functions, in the order of the exercise.
    lang : str, optional
        ``"en"`` or ``"es"``; else what the environment says in ``GRADER_LANG`` or as its locale.
    course : path, optional
        A folder of exercises; else the nearest one at or above this notebook, else the grader's own.

    Returns
    -------
    Score
        A float: the points of the cell. As the last line of a cell it is shown as a card; ``print(score.text)`` gives
        the same in plain text.

    Raises
    ------
    WrongCall
        If there is no such exercise, or these are not its functions.
    ChecksFail
        If nbgrader validates the notebook and a check does not pass.
    """
    look = Look(language=language_of(os.environ, lang), plain=True)
    exercise, place = find_exercise(slug, look, course)
    kernel = kernel_of(exercise.slug, _named(exercise, functions, look), exercise.limits.cpu_seconds)
    with quiet():
        report = judge(exercise, kernel)
    MEMORY.found(report, kernel.facts.source)
    score = _score(exercise, place, kernel, report, look)
    if os.environ.get("NBGRADER_EXECUTION") == "validate" and not _valid(report):
        raise ChecksFail(score.text)
    return score


def find_exercise(slug: str, look: Look, course: str | os.PathLike[str] | None) -> tuple[Exercise, tuple[int, int]]:
    """Return an exercise, and which one of how many it is, or say that there is none of that name."""
    folder = find_desk(None if course is None else Path(course)).course
    known = _contents(folder).slugs
    if slug not in known:
        raise WrongCall(unknown_exercise(look, slug, list(known)))
    return _exercise(folder, slug), (known.index(slug) + 1, len(known))


_contents = cache(read_contents)


@cache
def _exercise(folder: Path, slug: str) -> Exercise:
    return load_public_course(folder, [slug]).exercise(slug)


def _named(exercise: Exercise, functions: tuple[Function, ...], look: Look) -> Mapping[str, Function]:
    """Return the functions by the names that they must have, or say what is wrong with them."""
    calls = exercise.calls
    if len(functions) != len(calls):
        raise WrongCall(other_number(look, exercise, len(functions)))
    for wanted, function in zip(calls, functions, strict=True):
        if not callable(function):
            raise WrongCall(no_function(look, exercise, wanted, type(function).__name__))
        name = getattr(function, "__name__", wanted)
        if name != wanted and name in calls:
            raise WrongCall(swapped(look, exercise, wanted, name))
    return dict(zip(calls, functions, strict=True))


def _score(exercise: Exercise, place: tuple[int, int], kernel: Kernel, report: Report, look: Look) -> Score:
    """Return the points of the cell; an optional exercise's cell has none, and its card tells those of the checks."""
    worth = exercise.max_points if exercise.worth is None else exercise.worth
    earned = worth if report.points == report.max_points else worth * report.points / report.max_points
    path = cell_of(kernel.file)
    return Score(
        0.0 if exercise.optional else earned,
        report=report,
        text=render_check(exercise, report, look, position=place, path=path).plain,
        card=lambda: render_card(exercise, report, Look(language=look.language), path=path, worth=(earned, worth)),
    )


def _valid(report: Report) -> bool:
    """Return whether there is nothing to list: all passes, or an optional exercise was left out."""
    outcomes = {result.outcome for result in report.results}
    return outcomes <= {Outcome.PASSED} or (report.optional and outcomes <= {Outcome.TODO})
