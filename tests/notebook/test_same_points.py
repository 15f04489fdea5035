"""Law 8 by the doors of notebooks: every answer that we know earns the same as a file and as a cell.

As a cell it goes the way of `nbgrader autograde`: put in order, through the fence, judged with hidden checks, and made
the number that nbgrader reads. nbgrader's own start is left out, which is the same for all of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from grader.author.laws.doors import verdicts
from grader.author.place import accepted, mistakes
from grader.classroom.exam import read_exam
from grader.classroom.marking import Examiner
from grader.fence import Policy
from grader.judge import Outcome, Report
from grader.notebook.received import read_notebook
from grader.notebook.released import Released, put_in_order
from grader.notebook.room import ALSO, Room, Terms

PROJECT = Path(__file__).resolve().parents[2]
SOLUTIONS = PROJECT / "solutions"
SLUGS = sorted(path.parent.name for path in SOLUTIONS.glob("*/exercise.toml"))


@dataclass(frozen=True)
class Doors:
    """One exercise, by both ways."""

    slug: str
    examiner: Examiner
    room: Room
    notebook: dict[str, Any]
    released: dict[str, Released]
    folder: Path

    def as_file(self, source: str) -> Report:
        """Return what a file of this source earns."""
        (report,) = self.examiner.examine({self.slug: source.encode()})
        return report

    def as_cell(self, source: str) -> tuple[Report, float]:
        """Return what the same in the notebook's cell earns, and the number that nbgrader reads."""
        cells = [
            cell | {"source": source if cell["id"] == self.slug else cell["source"]} for cell in self.notebook["cells"]
        ]
        path = self.folder / "lab.ipynb"
        path.write_text(json.dumps({**self.notebook, "cells": cells}), encoding="utf-8")
        ordered = put_in_order(read_notebook(path), self.released)
        graded = self.room.grade(ordered.cells, name=path.name)
        (score,) = graded.scores.values()
        return graded.reports[0], score


@pytest.fixture(params=SLUGS)
def doors(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Doors]:
    """Return both ways of one exercise."""
    slug = request.param
    path = next(
        path for path in sorted((PROJECT / "source").glob("*/*.ipynb")) if f'"{slug}-check"' in path.read_text()
    )
    notebook = json.loads(path.read_text(encoding="utf-8"))
    told = [cell for cell in notebook["cells"] if "nbgrader" in cell["metadata"]]
    released = {cell["id"]: _released(cell) for cell in told if cell["id"] in (slug, f"{slug}-check")}
    exam = read_exam(SOLUTIONS, [slug], policy=Policy.REQUIRE, language="en", also=ALSO)
    room, examiner = Room(Terms(SOLUTIONS), exam, slot=1), Examiner(exam, 0)
    yield Doors(slug, examiner, room, notebook, released, tmp_path)
    room.close()
    examiner.close()


def _released(cell: dict[str, Any]) -> Released:
    told, source = cell["metadata"]["nbgrader"], "".join(cell["source"])
    points = float(told["points"]) if told["grade"] else None
    return Released(cell["id"], cell["cell_type"], source, None, told["locked"], told["solution"], points=points)


def test_every_answer_earns_the_same_as_a_file_and_as_a_cell(doors: Doors) -> None:
    """The solution, the stub, every accepted answer and every mistake: the same outcomes, points and names.

    Of a mistake that is written in several ways one is tried; what is stopped for time is not tried twice, but in the
    table of attacks.
    """
    folder = SOLUTIONS / doors.slug
    paths = [folder / "solution.py", PROJECT / "exercises" / doors.slug / f"{doors.slug}.py"]
    paths += [variant.path for variant in accepted(folder)]
    paths += {variant.diagnosis: variant.path for variant in mistakes(folder)}.values()
    worth = doors.released[f"{doors.slug}-check"].points
    for path in paths:
        source = path.read_text(encoding="utf-8")
        by_file = doors.as_file(source)
        if any(result.outcome is Outcome.TIMEOUT for result in by_file.results):
            continue
        by_cell, score = doors.as_cell(source)
        assert (path.name, verdicts(by_file)) == (path.name, verdicts(by_cell))
        assert score == (by_file.points if worth else 0.0)
