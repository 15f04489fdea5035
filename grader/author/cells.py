"""Cells: a notebook as JSON, written so that the same cells are the same bytes, and a changed line is a line of a diff.

The names of cells come from what they hold, never from their place or from chance: nbgrader knows a cell by its name,
and a student's work is lost where a name moves. A statement carries no metadata of nbgrader's, so that it may still be
corrected after students have handed in.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from grader.exercise.check import AuthorError

SCHEMA_VERSION = 3  # of nbgrader's metadata
FORMAT = (4, 5)  # the first of nbformat in which cells have names
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}

Cell = dict[str, Any]


def words_cell(name: str, text: str) -> Cell:
    """Return a cell that is read and belongs to nobody's mark."""
    return {"cell_type": "markdown", "id": name, "metadata": {}, "source": _lines(text)}


def code_cell(name: str, text: str) -> Cell:
    """Return a cell that runs and belongs to nobody's mark."""
    return {**words_cell(name, text), "cell_type": "code", "execution_count": None, "outputs": []}


def solution_cell(name: str, text: str) -> Cell:
    """Return the cell that a student fills in."""
    return _known(code_cell(name, text), grade=False, locked=False, solution=True)


def check_cell(name: str, text: str, points: float) -> Cell:
    """Return the locked cell that is worth what the cells above it earn."""
    return _known(code_cell(name, text), grade=True, locked=True, solution=False, points=_short(points))


def answer_cell(name: str, text: str, points: float) -> Cell:
    """Return the cell that a student fills in with words and a person grades."""
    return _known(words_cell(name, text), grade=True, locked=False, solution=True, points=_short(points))


def as_notebook(cells: Iterable[Cell]) -> str:
    """Return a notebook's text; two cells of one name are an `AuthorError`."""
    listed = list(cells)
    names = [cell["id"] for cell in listed]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise AuthorError(f"two cells of a notebook would be named {twice[0]}; rename the exercise")
    major, minor = FORMAT
    notebook = {"cells": listed, "metadata": METADATA, "nbformat": major, "nbformat_minor": minor}
    return json.dumps(notebook, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def _known(cell: Cell, **role: float | bool) -> Cell:
    """Return a cell with what nbgrader must know of it."""
    told = {"grade_id": cell["id"], "schema_version": SCHEMA_VERSION, "task": False, **role}
    return {**cell, "metadata": {"nbgrader": told}}


def _short(points: float) -> float:
    """Return points as nbgrader shows them: a whole number without a fraction."""
    rounded = round(points, 10)
    return int(rounded) if rounded == int(rounded) else rounded


def _lines(text: str) -> list[str]:
    return text.strip("\n").splitlines(keepends=True)
