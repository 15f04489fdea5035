"""Hinting: which step of a hint ladder is next. It opens after the code was changed and checked, or on demand.

Deeper hints are not hidden, only not offered: a cool-down would be resented, and a counter would be counted.
"""

from __future__ import annotations

from grader.exercise.check import Check
from grader.exercise.exercise import Exercise
from grader.judge import Outcome
from grader.report.hint import hints
from grader.report.look import Look
from grader.student.history import Hint, History, Run


def stuck_at(exercise: Exercise, history: History) -> Check:
    """Return the check to give a hint for: the first that did not pass in the last run."""
    runs = history.of(exercise.slug)
    outcomes = runs[-1].outcomes if runs else {}
    failing = (check for check in exercise.checks if outcomes.get(check.name) != Outcome.PASSED)
    return next(failing, exercise.checks[0])


def diagnosis_of(exercise: Exercise, history: History, check: Check) -> str | None:
    """Return the misconception that was found last for a check."""
    runs = history.of(exercise.slug)
    return runs[-1].diagnoses.get(check.name) if runs else None


def next_hint(exercise: Exercise, history: History, check: Check, look: Look, *, more: bool) -> Hint:
    """Return the hint to show now."""
    runs = history.of(exercise.slug)
    before = history.hint(exercise.slug, check.name)
    level = 1 if before is None else before.level + (more or _tried(runs, before))
    deepest = len(hints(exercise, look, check, diagnosis_of(exercise, history, check))) or 1
    return Hint(exercise.slug, check.name, max(1, min(level, deepest)), runs[-1].number if runs else 0)


def _tried(runs: tuple[Run, ...], before: Hint) -> bool:
    """Return whether changed code was checked since a hint was shown."""
    then = next((run.source for run in runs if run.number == before.run), "")
    return any(run.number > before.run and run.source != then for run in runs)
