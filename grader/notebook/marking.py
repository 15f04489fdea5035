"""Marking: one submitted notebook graded by a worker that owns one sandbox; nothing is written here.

What comes back is all that the gradebook and the autograded folder are to hold, or the story of a fault of ours.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import nbformat
from nbgrader.utils import compute_checksum, determine_grade, is_grade, is_solution, is_task

from grader.notebook.autograde import as_notebook
from grader.notebook.execute import ExecuteInside
from grader.notebook.lab import HandedIn, Lab, timestamp
from grader.notebook.received import Cell, Unread, received_from
from grader.notebook.released import put_in_order
from grader.notebook.room import Room

Node = Any  # neither nbformat nor nbgrader is typed


@dataclass(frozen=True, slots=True)
class Mark:
    """What the gradebook is told of one cell; a ``score`` of None waits for a person."""

    cell: str
    graded: bool
    score: float | None = None
    extra: float | None = None
    commented: bool = False
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class Marked:
    """A submission's result."""

    handed_in: HandedIn
    text: str = ""
    marks: tuple[Mark, ...] = ()
    when: Any = None
    notes: tuple[str, ...] = ()
    refused: str = ""
    fault: str = ""


class Marker:
    """One worker."""

    def __init__(self, lab: Lab, slot: int) -> None:
        self._lab = lab
        self._room = Room(lab.terms, lab.exam, slot=slot)
        self._kernel = ExecuteInside(parent=lab.app) if lab.execute else None

    @property
    def confinement(self) -> str:
        """What was verified to confine the students' code."""
        return self._room.confinement

    def mark(self, handed_in: HandedIn) -> Marked:
        """Mark a submission; what the system refuses, and whatever fails on our side, is told in the result."""
        try:
            return self._mark(handed_in)
        except Unread as unread:
            return Marked(handed_in, refused=str(unread))
        except Exception:  # noqa: BLE001 - a fault of ours must cost one student an hour, not the class a night
            return Marked(handed_in, fault=traceback.format_exc())

    def close(self) -> None:
        """End the sandbox."""
        self._room.close()

    def _mark(self, handed_in: HandedIn) -> Marked:
        lab, name = self._lab, f"{self._lab.name}.ipynb"
        cells, notes, problem = put_in_order(received_from(handed_in.folder / name), lab.released)
        if self._kernel is not None and cells:
            notes += self._run_anew(self._kernel, cells)
        graded = self._room.grade(cells, name=name, problem=problem)
        notebook = as_notebook(graded.cells, dict(lab.kernel))
        marks = tuple(_marks(notebook.cells, graded.extra))
        when, told = timestamp(lab, handed_in.folder), (*notes, *graded.notes)
        return Marked(handed_in, nbformat.writes(notebook), marks, when, told)

    def _run_anew(self, kernel: ExecuteInside, cells: list[Cell]) -> list[str]:
        """Give cells fresh outputs, and return what a person should be told about that."""
        notebook = as_notebook(cells, dict(self._lab.kernel))
        ended = kernel.run_anew(notebook, {"metadata": {}})
        for cell, run in zip(cells, notebook.cells, strict=True):
            if cell["cell_type"] == "code":
                cell |= {"outputs": run.outputs, "execution_count": run.execution_count}
        return [ended] if ended else []


def _marks(cells: list[Node], extra: Any) -> Iterator[Mark]:  # noqa: ANN401 - a mapping of nbgrader's names
    for cell in cells:
        if "nbgrader" not in cell.metadata:
            continue
        name = cell.metadata.nbgrader["grade_id"]
        graded, commented = is_grade(cell), is_solution(cell) or is_task(cell)
        score = determine_grade(cell)[0] if graded else None
        untouched = cell.metadata.nbgrader.get("checksum") == compute_checksum(cell) and not is_task(cell)
        yield Mark(name, graded, score, extra.get(name), commented, "No response." if untouched else None)
