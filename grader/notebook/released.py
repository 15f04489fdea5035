"""Released: the cells that were handed out, and a submitted notebook put in order by them.

What a cell is (a check, an answer, somebody's notes) is decided by what was handed out under its name, never by what
the submitted file says of it. So a copied, edited, retyped or deleted check costs nobody anything, and gains nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any, Final

from grader.exercise.reply import Problem
from grader.exercise.texts import LANGUAGES
from grader.fence import Notebook
from grader.notebook.outputs import Kept, attachments
from grader.notebook.received import Cell, Received, text_of
from grader.report.look import Look
from grader.report.words import say

CHECK: Final = "-check"  # the check of an exercise has its name with this
IDENTITY: Final = re.compile(r"[a-zA-Z0-9_-]{1,64}")
SCHEMA: Final = 3  # of nbgrader's metadata
OTHER: Final = "other notebook"  # the kind of problem that the notebook of another assignment is


@dataclass(frozen=True, slots=True)
class Released:
    """One cell as nbgrader recorded it when it was handed out; ``points`` is None where none can be earned."""

    name: str
    cell_type: str
    source: str
    checksum: str | None
    locked: bool
    solution: bool
    task: bool = False
    points: float | None = None

    @property
    def checked(self) -> str | None:
        """The exercise that this cell checks, if it is a check."""
        automatic = self.points is not None and not self.solution and not self.task
        return self.name.removesuffix(CHECK) if automatic and self.name.endswith(CHECK) else None

    @property
    def metadata(self) -> dict[str, Any]:
        """What nbgrader writes of it in a notebook."""
        told = {
            "schema_version": SCHEMA,
            "grade_id": self.name,
            "grade": self.points is not None and not self.task,
            "solution": self.solution,
            "locked": self.locked,
            "task": self.task,
            "cell_type": self.cell_type,
        }
        counted = {} if self.points is None else {"points": self.points}
        return told | counted | ({} if self.checksum is None else {"checksum": self.checksum})


def put_in_order(received: Received, released: Mapping[str, Released]) -> Received:
    """Return the cells as nbformat has them, each that was handed out as it was handed out, once."""
    cells, notes, problem, kept = received.cells, list(received.notes), received.problem, Kept()
    chosen = _chosen(cells, released)
    names = sorted({name for cell in cells if (name := claimed(cell))} - set(released))
    ours = {name for cell in released.values() if cell.checked for name in (cell.name, cell.checked)}
    if names and not ours & set(chosen):
        problem = _of_another(names)
        notes.append(f"no cell of it was handed out with this notebook; it holds {problem.given['holds']}")
    made = []
    for at, cell in enumerate(cells):
        name = claimed(cell)
        if name not in released:
            made.append(_plain(cell, kept))
        elif chosen[name] != at:
            notes.append(f"cell {at + 1} is a copy of {name}; cell {chosen[name] + 1} counts")
            made.append(_plain(cell | {"id": None}, kept))
        else:
            made += [*_typed(cell, released[name], kept), _restored(cell, released[name], kept)]
            notes += _changes(cell, released[name], at + 1)
    for gone in _missing(released.values(), chosen):
        notes += [f"{gone.name} is not in it any more, and was put back"] if cells and not problem else []
        made.insert(_place(gone, made), _restored(_blank(gone, looked_for=bool(cells) and not problem), gone, kept))
    return Received(list(_identified(made)), notes, problem)


def _chosen(cells: list[Cell], released: Mapping[str, Released]) -> dict[str, int]:
    """Return where the cell of each name is: of copies the last that a student should not change, or did change."""
    found: dict[str, list[int]] = {}
    for at, cell in enumerate(cells):
        if (name := claimed(cell)) in released:
            found.setdefault(name, []).append(at)
    return {
        name: ([at for at in places if _same(cells[at], released[name]) == released[name].locked] or places)[-1]
        for name, places in found.items()
    }


def as_cells(cells: Iterable[Cell], slugs: Iterable[str]) -> Notebook:
    """Return what a student wrote for these exercises: all code but the checks, and where the checks stand."""
    checks = {f"{slug}{CHECK}": slug for slug in slugs}
    sent: list[tuple[int, bytes]] = []
    until: dict[str, int] = {}
    own: dict[str, int] = {}
    for number, cell in enumerate(cells, 1):
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if name in checks:
            until[checks[name]] = len(sent)
        elif cell["cell_type"] == "code":
            if f"{name}{CHECK}" in checks:
                own[name] = len(sent)
            sent.append((number, cell["source"].encode("utf-8", "replace")))
    return Notebook(tuple(sent), until, own)


def claimed(cell: Cell) -> str:
    """Return the name that a submitted cell says it has."""
    told = cell["nbgrader"]
    name = told.get("grade_id") if isinstance(told, dict) else None
    return text_of(name) if isinstance(name, str) else ""


def _of_another(names: list[str]) -> Problem:
    """Return what is wrong with the notebook of another assignment: the exercises that it holds, else its cells."""
    held = [name.removesuffix(CHECK) for name in names if name.endswith(CHECK)] or names
    return Problem(OTHER, "", why="other_notebook", given={"holds": ", ".join(held)[:200]})


def _plain(cell: Cell, kept: Kept) -> Cell:
    kind = cell["cell_type"]
    made = {"cell_type": kind, "id": cell["id"], "metadata": {}, "source": cell["source"]}
    if kind == "code":
        return made | {"execution_count": None, "outputs": kept.outputs(cell["outputs"])}
    pictures = attachments(cell["attachments"]) if kind == "markdown" else {}
    return made | ({"attachments": pictures} if pictures else {})


def _typed(cell: Cell, handed_out: Released, kept: Kept) -> list[Cell]:
    """Return what was typed into a locked cell, as a cell of the student's own: it runs, and a person can read it."""
    typed = _edited(cell, handed_out) and cell["source"].strip()
    return [_plain(cell | {"id": None, "outputs": []}, kept)] if typed else []


def _restored(cell: Cell, handed_out: Released, kept: Kept) -> Cell:
    outputs = [] if handed_out.checked else cell["outputs"]
    source = handed_out.source if handed_out.locked else cell["source"]
    kind = handed_out.cell_type
    made = _plain(cell | {"cell_type": kind, "source": source, "outputs": outputs, "id": handed_out.name}, kept)
    return made | {"metadata": {"nbgrader": handed_out.metadata}}


def _changes(cell: Cell, handed_out: Released, number: int) -> Iterator[str]:
    if cell["cell_type"] != handed_out.cell_type:
        yield f"cell {number} ({handed_out.name}) was made {cell['cell_type']}; it is {handed_out.cell_type} again"
    if _edited(cell, handed_out):
        yield f"cell {number} ({handed_out.name}) was edited; it is as it was handed out again, below what was in it"
    told = cell["nbgrader"]
    if handed_out.points is not None and told.get("points") != handed_out.points:
        yield f"cell {number} ({handed_out.name}) says {told.get('points')!r} points; it is {handed_out.points:g}"[:200]


def _edited(cell: Cell, handed_out: Released) -> bool:
    return handed_out.locked and not _same(cell, handed_out)


def _same(cell: Cell, handed_out: Released) -> bool:
    return bool(cell["source"].strip() == handed_out.source.strip())


def _missing(released: Iterable[Released], there: Mapping[str, int]) -> list[Released]:
    """Return the cells that marks hang on and that are gone; an answer's own cell may have been retyped elsewhere."""
    return [cell for cell in released if cell.points is not None and cell.name not in there]


def _blank(handed_out: Released, *, looked_for: bool) -> Cell:
    """Return a cell that is put back; if a person reads its answer, it tells them that they may find it elsewhere.

    As it was handed out, nbgrader would take it for no response: 0 points, and nobody asked to look.
    """
    told = [say(Look(language=language), "put_back.answer") for language in LANGUAGES]
    read = looked_for and handed_out.solution and not handed_out.task
    mark = "# " if handed_out.cell_type == "code" else ""
    source = "\n\n".join([handed_out.source, *(f"{mark}{line}" for line in told if read)])
    return {"source": source, "outputs": [], "attachments": None}


def _place(cell: Released, made: list[Cell]) -> int:
    """Return where a check belongs: below its answer and what stands with it, above what was handed out next."""
    names = [other["metadata"].get("nbgrader", {}).get("grade_id") for other in made]
    if cell.checked not in names:
        return len(made)
    below = range(names.index(cell.checked) + 1, len(made))
    return next((at for at in below if names[at] is not None), len(made))


def _identified(cells: Iterable[Cell]) -> Iterator[Cell]:
    """Give each cell an identity that is valid, and its own."""
    taken: set[str] = set()
    for number, cell in enumerate(cells, 1):
        wanted = cell["id"]
        free = isinstance(wanted, str) and IDENTITY.fullmatch(wanted) and wanted not in taken
        others = (f"cell-{number}-{n}" for n in count())
        identity = wanted if free else next(other for other in others if other not in taken)
        taken.add(identity)
        yield cell | {"id": identity}
