"""Room: where the notebooks of an assignment are graded: the exam, read once, and a warm sandbox, in one process.

nbgrader makes everything anew for each submission, so what is costly is kept here between them.
"""

from __future__ import annotations

import hashlib
import math
import os
import weakref
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from grader.classroom.exam import Exam, read_exam
from grader.classroom.marking import Examiner
from grader.exercise.exercise import Exercise
from grader.exercise.reply import Problem
from grader.fence import Policy
from grader.judge import Outcome, Report
from grader.notebook.received import Cell
from grader.notebook.released import CHECK, OTHER, as_cells
from grader.report.card import render_card
from grader.report.look import Look
from grader.report.words import say

ALSO = ("matplotlib",)  # notebooks plot, whether an exercise draws or not
ABSENT = frozenset({Outcome.MISSING, Outcome.SKIPPED})  # of what is not there at all; the latter waits for the former
WATCHED = frozenset({".py", ".toml", ".md", ".json"})


@dataclass(frozen=True, slots=True)
class Terms:
    """Under which terms notebooks are graded."""

    solutions: Path
    policy: Policy = Policy.REQUIRE
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Graded:
    """A notebook's checks with their outputs: the reports, the number that nbgrader reads, and what is beyond it."""

    cells: list[Cell]
    reports: tuple[Report, ...]
    scores: Mapping[str, float]  # check -> points of the cell
    extra: Mapping[str, float]  # check of an optional exercise -> points that fill up the total
    notes: tuple[str, ...] = ()  # what a person should be told about it


class Room:
    """One exam and one worker; ``slot`` says which of several: as root, each sandbox has a user of its own."""

    def __init__(self, terms: Terms, exam: Exam, *, slot: int = 0) -> None:
        self._look = Look(language=terms.language, plain=True)  # in the tags that feedback pages let through
        self._exam = exam
        self._examiner = Examiner(exam, slot)
        self.close = weakref.finalize(self, self._examiner.close)  # at the latest with the process

    @property
    def confinement(self) -> str:
        """What was verified to confine the students' code."""
        return self._examiner.confinement

    def grade(self, cells: list[Cell], *, name: str, problem: Problem | None = None) -> Graded:
        """Grade a notebook whose checks are where they belong.

        Parameters
        ----------
        cells : list of dict
            Its cells, put in order.
        name : str
            What the notebook is called, for the student.
        problem : Problem, optional
            What is wrong with the notebook as a whole: nothing of it can be read, or it is that of another assignment.
        """
        exercises = self._exam.exercises
        worth = {exercise.slug: _worth(cells, exercise.slug) for exercise in exercises}
        other = problem if problem and problem.kind == OTHER else None
        problems = dict.fromkeys(worth, problem) if problem and not other else {}
        reports = self._examiner.examine(as_cells(cells, worth), problems)
        reports = tuple(_with_problem(report, other) for report in reports) if other else reports
        scores = {report.exercise: scaled(report, worth[report.exercise]) for report in reports}
        shown = {
            f"{exercise.slug}{CHECK}": _output(scores[exercise.slug], self._card(exercise, report, name))
            for exercise, report in zip(exercises, reports, strict=True)
        }
        left_out = dict.fromkeys(cell for report in reports for cell in report.facts.left_out)
        return Graded(
            [cell | {"outputs": [shown[name]]} if (name := _name(cell)) in shown else cell for cell in cells],
            reports,
            {f"{slug}{CHECK}": score for slug, score in scores.items()},
            {f"{slug}{CHECK}": more for slug, more in _extra(reports, worth).items()},
            tuple(say(Look(), f"left_out.{ended}", cell=cell) for cell, ended in left_out),
        )

    def _card(self, exercise: Exercise, report: Report, name: str) -> str:
        file = report.facts.file if report.facts.file.startswith("cell ") else name
        return render_card(exercise, report, self._look, path=file, show_all=True)


@lru_cache(maxsize=4)
def open_room(terms: Terms, slugs: tuple[str, ...], seen: str) -> Room:
    """Return the room of some exercises; ``seen`` is what `seen_in` said of the solutions, so that changes count."""
    del seen
    return Room(terms, read_exam(terms.solutions, slugs, policy=terms.policy, language=terms.language, also=ALSO))


def seen_in(solutions: Path) -> str:
    """Return a short text that changes with any file of the solutions, without reading one of them."""
    digest = hashlib.sha256()
    for folder, _, names in os.walk(solutions):
        for name in names:
            if os.path.splitext(name)[1] in WATCHED:  # noqa: PTH122 - a hundred times a second, for hundreds of files
                told = os.stat(os.path.join(folder, name))  # noqa: PTH116, PTH118 - the same
                digest.update(f"{name} {told.st_mtime_ns} {told.st_size}\n".encode())
    return digest.hexdigest()


def scaled(report: Report, worth: float) -> float:
    """Return the points of a check cell: the exercise's own, unless the instructor gave the cell others."""
    if worth == report.max_points or not report.max_points:
        return min(report.points, worth)
    return worth * report.points / report.max_points


def _with_problem(report: Report, other: Problem) -> Report:
    """Return a report that says why everything is missing; what is there is judged, whatever else the notebook is."""
    if any(result.outcome not in ABSENT for result in report.results):
        return report
    return replace(report, facts=replace(report.facts, problem=other))


def _extra(reports: tuple[Report, ...], worth: Mapping[str, float]) -> dict[str, float]:
    """Return what cells worth nothing add: optional points raise the others' total to its maximum, never above.

    Where there are no others, all of them are extra.
    """
    counted = [report for report in reports if worth[report.exercise]]
    left = sum(worth[report.exercise] - scaled(report, worth[report.exercise]) for report in counted)
    room = left if counted else math.inf
    made = {}
    for report in reports:
        if not worth[report.exercise]:
            made[report.exercise] = round(min(report.points, room), 10)
            room -= made[report.exercise]
    return made


def _worth(cells: list[Cell], slug: str) -> float:
    told = next(cell["metadata"]["nbgrader"] for cell in cells if _name(cell) == f"{slug}{CHECK}")
    return float(told["points"])


def _name(cell: Cell) -> str:
    name = cell["metadata"].get("nbgrader", {}).get("grade_id")
    return name if isinstance(name, str) else ""


def _output(score: float, card: str) -> dict[str, object]:
    """Return what a check would have shown: a number for nbgrader, in full precision, and a card for people."""
    return {
        "output_type": "execute_result",
        "execution_count": None,
        "data": {"text/plain": repr(float(score)), "text/html": card},
        "metadata": {},
    }
