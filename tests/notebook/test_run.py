"""Released notebooks in a real kernel: right, wrong and unwritten answers, as a student runs them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient
from nbgrader.utils import determine_grade

from grader.exercise.course import load_author_course

PROJECT = Path(__file__).resolve().parents[2]
COURSE = load_author_course(PROJECT / "solutions")
LABS = [lab for lab in COURSE.assignments if lab.exercises]
FIRST = LABS[0]
WRONG = PROJECT / "solutions" / "softmax" / "mistakes" / "tau_multiplied" / "inside.py"


def run(lab: str, answers: Mapping[str, str], folder: Path, **environment: str) -> dict[str, Any]:
    """Return the cells of a lab's notebook by name, after a kernel has run them with these answers in them."""
    notebook = nbformat.read(PROJECT / "source" / lab / f"{lab}.ipynb", as_version=4)
    for cell in notebook.cells:
        if cell.id in answers:
            cell.source = answers[cell.id]
    env = {**os.environ, "HOME": str(folder), "IPYTHONDIR": str(folder / "ipython"), "LANG": "C.UTF-8", **environment}
    client = NotebookClient(notebook, timeout=300, allow_errors=True, resources={"metadata": {"path": str(folder)}})
    client.execute(env=env)
    return {cell.id: cell for cell in notebook.cells}


def told(cell: Any, kind: str) -> str:  # noqa: ANN401 - a cell of nbformat
    """Return what the one result of a cell says in one form."""
    (output,) = cell.outputs
    assert output.output_type == "execute_result", output
    return str(output.data[kind])


@pytest.mark.parametrize("lab", LABS, ids=lambda lab: lab.slug)
def test_solutions_earn_every_point_and_draw_every_picture(lab: Any, tmp_path: Path) -> None:  # noqa: ANN401 - an assignment
    """The whole of the points is read from each check cell; no cell writes to stderr or shows anything else."""
    answers = {
        slug: (PROJECT / "solutions" / slug / "solution.py").read_text(encoding="utf-8") for slug in lab.exercises
    }
    cells = run(lab.slug, answers, tmp_path)
    for slug in lab.exercises:
        points = cells[f"{slug}-check"].metadata.nbgrader["points"]
        assert determine_grade(cells[f"{slug}-check"]) == (points, points)
        assert 'class="grader-card good"' in told(cells[f"{slug}-check"], "text/html")
        if f"{slug}-picture" in cells:
            assert told(cells[f"{slug}-picture"], "image/png")


def test_stubs_earn_nothing_and_are_told_where_to_begin(tmp_path: Path) -> None:
    """The released notebook as it is: no error, no red, and pictures that say why they are not there yet."""
    cells = run(FIRST.slug, {}, tmp_path, GRADER_LANG="es")
    assert [
        cell.source for cell in cells.values() if any(o.output_type == "error" for o in cell.get("outputs", ()))
    ] == []
    for slug in FIRST.exercises:
        check = cells[f"{slug}-check"]
        assert determine_grade(check)[0] == 0
        assert "Sin empezar" in told(check, "text/html")
        if f"{slug}-picture" in cells:
            assert told(cells[f"{slug}-picture"], "text/plain").startswith("Aún no hay nada que dibujar")


def test_a_wrong_answer_is_shown_with_its_line_in_its_cell(tmp_path: Path) -> None:
    """The number of the cell as the notebook shows it, the line in it, partial points, and the misconception."""
    answers = {"softmax": WRONG.read_text(encoding="utf-8")}
    cells = run(FIRST.slug, answers, tmp_path)
    cell = cells["softmax-check"]
    points, most = determine_grade(cell)
    assert 0 < points < most
    assert told(cell, "text/plain") == repr(points)
    card = told(cell, "text/html")
    assert "tau_multiplied" in card
    assert f"in cell {cells['softmax'].execution_count}, line " in card


def test_validating_a_notebook_lists_what_fails(tmp_path: Path) -> None:
    """The real `nbgrader validate` prints our own lines."""
    notebook = nbformat.read(PROJECT / "source" / FIRST.slug / f"{FIRST.slug}.ipynb", as_version=4)
    kept = ("softmax", "softmax-check")
    notebook.cells = [cell for cell in notebook.cells if cell.id in kept]
    notebook.cells[0].source = WRONG.read_text(encoding="utf-8")
    nbformat.write(notebook, tmp_path / "mine.ipynb")
    command = [Path(sys.executable).parent / "nbgrader", "validate", "mine.ipynb"]
    env = {**os.environ, "HOME": str(tmp_path), "LANG": "C.UTF-8", "GRADER_LANG": "en"}
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, timeout=300, check=False)
    assert "tau_multiplied" in done.stdout
    assert "Smallest case" in done.stdout
    assert "grader/notebook" not in done.stdout
