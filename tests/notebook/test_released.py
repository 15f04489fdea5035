"""A submitted notebook put in order: of several cells with one name, the one that a student meant counts."""

# ruff: noqa: SIM300 - the order of this house is expected == actual

from __future__ import annotations

from dataclasses import replace

import pytest

from grader.notebook.received import Cell, Received
from grader.notebook.released import Released, put_in_order

CHECK = "check('work', f)"
RELEASED = {
    "work-check": Released("work-check", "code", CHECK, None, locked=True, solution=False, points=4.0),
    "answer": Released("answer", "markdown", "Write here.", None, locked=False, solution=True, points=2.0),
}


def cells(name: str, *sources: str) -> list[Cell]:
    """Return submitted cells that all have one name."""
    told = {"cell_type": RELEASED[name].cell_type, "outputs": [], "attachments": None}
    return [{**told, "source": source, "nbgrader": {"grade_id": name}, "id": name} for source in sources]


@pytest.mark.parametrize(
    ("name", "submitted", "expected"),
    [
        ("work-check", [CHECK, CHECK], [CHECK, "*" + CHECK]),
        ("work-check", [CHECK, "a = 1\n" + CHECK], ["*" + CHECK, "a = 1\n" + CHECK]),
        ("work-check", ["a = 1\n" + CHECK], ["a = 1\n" + CHECK, "*" + CHECK]),
        ("work-check", ["a = 1", "b = 1"], ["a = 1", "b = 1", "*" + CHECK]),
        ("work-check", [""], ["*" + CHECK]),
        ("work-check", [CHECK + "\n"], ["*" + CHECK]),
        ("answer", ["Words.", "Write here."], ["*Words.", "Write here."]),
        ("answer", ["Words.", "Other words."], ["Words.", "*Other words."]),
        ("answer", ["Write here.", "Write here."], ["Write here.", "*Write here."]),
    ],
)
def test_of_copies_the_one_that_was_meant_counts(name: str, submitted: list[str], expected: list[str]) -> None:
    """Of a check the one as it was handed out, of an answer the last that was written; no word is lost of any."""
    others = [cell for other in RELEASED if other != name for cell in cells(other, RELEASED[other].source)]
    ordered = put_in_order(Received([*others, *cells(name, *submitted)], []), RELEASED).cells[1:]
    names = [cell["metadata"].get("nbgrader", {}).get("grade_id") for cell in ordered]
    marked = ["*" + cell["source"] if one == name else cell["source"] for cell, one in zip(ordered, names, strict=True)]
    assert expected == marked
    assert [name] == [cell["id"] for cell, one in zip(ordered, names, strict=True) if one]


GONE = (
    "This cell was missing from the notebook that was handed in. The answer may be in another cell.",
    "Esta celda faltaba en el cuaderno entregado. La respuesta puede estar en otra celda.",
)


@pytest.mark.parametrize(
    ("cell_type", "submitted", "expected"),
    [
        ("markdown", [CHECK], ["Write here.", *GONE]),
        ("code", [CHECK], ["Write here.", *(f"# {line}" for line in GONE)]),
        ("markdown", [], ["Write here."]),
    ],
)
def test_an_answer_whose_cell_is_gone_waits_for_a_person(
    cell_type: str, submitted: list[str], expected: list[str]
) -> None:
    """It says so in each language; as it was handed out it would count as none. Of an unreadable notebook it does."""
    answer = replace(RELEASED["answer"], cell_type=cell_type)
    ordered = put_in_order(Received(cells("work-check", *submitted), []), {**RELEASED, "answer": answer}).cells
    assert ["\n\n".join(expected)] == [cell["source"] for cell in ordered if cell["id"] == "answer"]


def test_what_became_of_copies_and_edited_cells_is_told() -> None:
    """With the number of the cell in the notebook as it was handed in."""
    submitted = [*cells("work-check", "a = 1", "b = 1"), *cells("answer", "Words.")]
    assert [
        "cell 1 is a copy of work-check; cell 2 counts",
        "cell 2 (work-check) was edited; it is as it was handed out again, below what was in it",
        "cell 2 (work-check) says None points; it is 4",
        "cell 3 (answer) says None points; it is 2",
    ] == put_in_order(Received(submitted, []), RELEASED).notes


def test_the_notebook_of_another_assignment_is_told_once() -> None:
    """Not that each of its cells is missing; and half a character in a name can be written down."""
    (foreign,) = cells("answer", "Words.")
    foreign["nbgrader"] = {"grade_id": "\ud800other-check"}
    ordered = put_in_order(Received([foreign], []), RELEASED)
    assert ["no cell of it was handed out with this notebook; it holds ?other"] == ordered.notes
    assert ordered.problem is not None
    assert "?other" == ordered.problem.given["holds"]
