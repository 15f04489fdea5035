"""Recall: reports read back from a line of results, as far as a summary of the class needs them: without evidence."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from grader.classroom.export import RESULTS
from grader.exercise.check import Check
from grader.exercise.exercise import Exercise
from grader.exercise.reply import Facts, Problem
from grader.judge import Outcome, Report, Result
from grader.report.summary import Graded


def recall_class(out: Path) -> Iterator[Graded]:
    """Yield every student of a folder of results."""
    with (out / RESULTS).open(encoding="utf-8") as file:
        for line in file:
            told = json.loads(line)
            yield Graded(told["student"], tuple(map(_report, told["exercises"])))


def ungraded(student: str, exercises: tuple[Exercise, ...], unread: str = "") -> Graded:
    """Return a student whom we could not grade, for a fault of ours or for what the system did not let us read."""
    facts = Facts(problem=Problem("unreadable", unread) if unread else None)
    return Graded(student, tuple(Report(one.slug, tuple(map(_fault, one.checks)), facts) for one in exercises))


def _fault(check: Check) -> Result:
    return Result(check.name, check.visibility, Outcome.ERROR, 0.0, check.points)


def _report(told: Mapping[str, Any]) -> Report:
    problem = told["problem"]
    facts = Facts(problem=Problem(problem["kind"], problem["message"], problem["line"]) if problem else None)
    return Report(told["exercise"], tuple(map(_result, told["results"])), facts, told["optional"])


def _result(told: Mapping[str, Any]) -> Result:
    return Result(
        check=told["check"],
        visibility=told["visibility"],
        outcome=Outcome(told["outcome"]),
        points=told["points"],
        max_points=told["max_points"],
        diagnosis=told["diagnosis"],
    )
