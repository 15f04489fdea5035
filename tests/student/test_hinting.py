"""Hints: the next one opens after changed code was checked, or when it is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.exercise.course import load_public_course
from grader.exercise.exercise import Exercise
from grader.report.look import Look
from grader.student.hinting import diagnosis_of, next_hint, stuck_at
from grader.student.history import Hint, History, Run

LOOK = Look()


@pytest.fixture
def exercise(small_project: Path) -> Exercise:
    """Return the exercise of the small project."""
    return load_public_course(small_project / "exercises").exercise("mean")


def history(*, runs: tuple[tuple[int, str], ...], hint: Hint | None = None) -> History:
    """Return a history of runs (number, source) that found the same mistake."""
    found = {"means": "sum_instead"}
    made = tuple(Run("mean", number, source, {"means": "failed"}, {}, found) for number, source in runs)
    return History(Path(), made, () if hint is None else (hint,))


@pytest.mark.parametrize(
    ("runs", "before", "more", "level"),
    [
        ((), None, "", 1),
        (((1, "a"),), None, "", 1),
        (((1, "a"),), 1, "", 1),
        (((1, "a"), (2, "a")), 1, "", 1),
        (((1, "a"), (2, "b")), 1, "", 2),
        (((1, "a"),), 1, "more", 2),
        (((1, "a"),), 99, "more", 4),
    ],
)
def test_the_level_of_the_next_hint(
    runs: tuple[tuple[int, str], ...], before: int | None, more: str, level: int, exercise: Exercise
) -> None:
    """It goes up after changed code was checked or on demand, and never beyond the ladder."""
    shown = None if before is None else Hint("mean", "means", before, 1)
    made = next_hint(exercise, history(runs=runs, hint=shown), exercise.checks[0], LOOK, more=bool(more))
    assert made.level == min(level, len(exercise.texts["en"].listed("diagnoses.sum_instead.hints")))


def test_the_hint_is_for_the_first_check_that_does_not_pass(exercise: Exercise) -> None:
    """With no run yet, it is the first of all."""
    assert stuck_at(exercise, history(runs=())).name == exercise.checks[0].name
    assert stuck_at(exercise, history(runs=((1, "a"),))).name == "means"


def test_the_ladder_is_that_of_the_diagnosis_found_last(exercise: Exercise) -> None:
    """Nothing is named before the first run."""
    assert diagnosis_of(exercise, history(runs=((1, "a"),)), exercise.checks[0]) == "sum_instead"
    assert diagnosis_of(exercise, history(runs=()), exercise.checks[0]) is None
