"""Every exercise keeps every law: what `grader prove` says of the course that is here.

The laws themselves are tested in tests/author, each with a small exercise that breaks it. Law 8 has two more doors here
than there: a cell on the way of `nbgrader autograde`, for every answer, and `check` in a student's own notebook. The
whole way, with nbgrader's own program and gradebook, is in tests/notebook/test_columns, for some answers of every lab.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from nbformat import from_dict
from nbgrader.utils import determine_grade

from grader.author.artefacts import build_artefacts
from grader.author.laws.doors import verdicts
from grader.author.laws.freshness import released_files_fresh
from grader.author.laws.pages import notebooks_complete, pages_complete
from grader.author.laws.secrecy import nothing_secret
from grader.author.notebooks import build_notebooks
from grader.author.place import accepted
from grader.author.prove import prove_exercise
from grader.author.release import build_release
from grader.author.trial import Trials
from grader.author.warm import imported
from grader.classroom.exam import read_exam
from grader.exercise.course import Course, load_author_course
from grader.exercise.modules import import_author_module
from grader.fence import Policy
from grader.judge import Report
from grader.notebook import check
from grader.notebook.received import read_notebook
from grader.notebook.released import Released, put_in_order
from grader.notebook.room import ALSO, Room, Terms

PROJECT = Path(__file__).resolve().parent.parent
SOLUTIONS, EXERCISES = PROJECT / "solutions", PROJECT / "exercises"
SLUGS = sorted(path.parent.name for path in SOLUTIONS.glob("*/exercise.toml"))


@dataclass(frozen=True)
class Proved:
    """What `grader prove` says of one exercise, and all that it tried."""

    trials: Trials
    violations: list[str]

    @property
    def worth(self) -> float:
        """The points of its cell; an optional exercise's has none."""
        exercise = self.trials.exercise
        return 0.0 if exercise.optional else exercise.max_points if exercise.worth is None else exercise.worth

    def answers(self) -> Iterator[tuple[Path, Report]]:
        """Yield the stub, the solution, every accepted and every wrong answer, as a file that was graded."""
        trials = self.trials
        yield EXERCISES / trials.exercise.slug / f"{trials.exercise.slug}.py", trials.stub
        yield trials.folder / "solution.py", trials.solution
        yield from ((variant.path, trials.accepted[variant.name]) for variant in accepted(trials.folder))
        yield from ((wrong.variant.path, wrong.report) for wrong in trials.wrong)


class Cell:
    """A released notebook with one cell to write into, on its way through `nbgrader autograde` without nbgrader."""

    def __init__(self, slug: str, path: Path) -> None:
        found = (one for one in sorted((PROJECT / "source").glob("*/*.ipynb")) if f'"{slug}-check"' in one.read_text())
        self.slug = slug
        self.path = path
        self.notebook: dict[str, Any] = json.loads(next(found).read_text(encoding="utf-8"))
        told = (cell for cell in self.notebook["cells"] if cell["id"] in (slug, f"{slug}-check"))
        self.released = {cell["id"]: _released(cell) for cell in told}
        also = (*ALSO, *imported(SOLUTIONS / slug))
        exam = read_exam(SOLUTIONS, [slug], policy=Policy.REQUIRE, language="en", also=also)
        self.room = Room(Terms(SOLUTIONS), exam, slot=1)

    def graded(self, source: str) -> tuple[Report, float, float]:
        """Return what a source earns, the number that nbgrader itself reads from the check, and the extra credit."""
        cells = [
            one | {"source": source if one["id"] == self.slug else one["source"]} for one in self.notebook["cells"]
        ]
        self.path.write_text(json.dumps({**self.notebook, "cells": cells}), encoding="utf-8")
        ordered = put_in_order(read_notebook(self.path), self.released)
        graded = self.room.grade(ordered.cells, name=self.path.name)
        (checked,) = (one for one in graded.cells if one["id"] == f"{self.slug}-check")
        read, _ = determine_grade(from_dict(checked))
        return graded.reports[0], read, sum(graded.extra.values())


def _released(cell: dict[str, Any]) -> Released:
    told, source = cell["metadata"]["nbgrader"], "".join(cell["source"])
    points = float(told["points"]) if told["grade"] else None
    return Released(cell["id"], cell["cell_type"], source, None, told["locked"], told["solution"], points=points)


@pytest.fixture(scope="module")
def course() -> Course:
    """Return the course that is here."""
    return load_author_course(SOLUTIONS)


@pytest.fixture(scope="module", params=SLUGS)
def proved(request: pytest.FixtureRequest, course: Course, released: dict[str, str]) -> Proved:
    """Return each exercise with what was tried of it."""
    proof = prove_exercise(course, request.param, released)
    return Proved(proof.trials[0], [str(violation) for violation in proof.violations])


def test_an_exercise_proves_itself(proved: Proved) -> None:
    """Right answers earn their marks, wrong ones are named, by every door, in every language, and it is all true."""
    assert proved.violations == []


def test_every_answer_earns_the_same_as_a_file_and_as_a_cell(
    proved: Proved, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same outcomes, points and names with hidden checks on both sides, and the points are nbgrader's number.

    The pictures on the cards are left out here: they say nothing of points, and take most of the time.
    """
    monkeypatch.setattr("grader.report.figure.draw_pair", lambda *_drawings, **_names: b"")
    cell = Cell(proved.trials.exercise.slug, tmp_path / "lab.ipynb")
    try:
        for path, by_file in proved.answers():
            by_cell, score, extra = cell.graded(path.read_text(encoding="utf-8"))
            assert (path.name, verdicts(by_cell)) == (path.name, verdicts(by_file))
            assert (score, extra) == ((by_file.points, 0.0) if proved.worth else (0.0, by_file.points))
    finally:
        cell.room.close()


def test_check_says_of_every_answer_what_every_other_door_says(proved: Proved) -> None:
    """The public outcomes, points and names, in this process."""
    exercise = proved.trials.exercise
    for path, by_file in proved.answers():
        module = import_author_module(path, SOLUTIONS if path.is_relative_to(SOLUTIONS) else EXERCISES)
        functions = [getattr(module, call) for call in exercise.calls]
        score = check(exercise.slug, *functions, lang="en", course=EXERCISES)
        public = [result for result in by_file.results if result.visibility == "public"]
        earned, most = sum(one.points for one in public), sum(one.max_points for one in public)
        assert (path.name, verdicts(score.report)) == (path.name, verdicts(by_file, "public"))
        assert (path.name, float(score)) == (path.name, pytest.approx(proved.worth * earned / most))


def test_what_is_released_is_fresh_and_holds_no_secret(course: Course) -> None:
    """In exercises/ and source/, in the wheel, the sdist and the bundle, as they are built today."""
    files = build_release(course)
    stale = released_files_fresh(files, PROJECT / "exercises", course)
    old = released_files_fresh(build_notebooks(course, files), PROJECT / "source", course)
    secret = nothing_secret(build_artefacts(PROJECT, files), SOLUTIONS)
    told = [*pages_complete(files), *notebooks_complete(course)]
    assert [str(violation) for violation in (*stale, *old, *secret, *told)] == []
