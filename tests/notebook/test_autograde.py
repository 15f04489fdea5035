"""nbgrader's own autograde gives our verdicts: partial credit, cards, and whatever was handed in, a grade."""

# ruff: noqa: SIM300 - the order of this house is expected == actual

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.filterwarnings("ignore")  # nbgrader's libraries warn about each other
SOLUTIONS = Path(__file__).resolve().parents[2] / "solutions"
Course = Any  # the fixture: a course folder, and nbgrader to work in it
Make = Callable[..., dict[str, Any]]


def test_a_solved_notebook_gets_full_marks_and_a_card(
    course: Course, notebook: Make, solved: dict[str, str], worth: dict[str, float]
) -> None:
    """Each check's output is a number for nbgrader and a card for people; the student's own outputs are kept.

    A time of handing in that nobody can read costs nothing.
    """
    made = notebook(solved)
    shown = {"output_type": "stream", "name": "stdout", "text": "seen by the student\n"}
    made["cells"][5]["outputs"] = [shown]
    course.hand_in("ana", made).with_name("timestamp.txt").write_text("last night", encoding="ascii")
    answer = course.autograde("ana")
    assert answer["success"], answer["log"]
    (listed,) = course.api().get_submissions("lab-00")  # as formgrader lists them
    assert ("ana", True, None) == (listed["student"], listed["autograded"], listed["timestamp"])
    assert {**worth, "answer": 0.0} == course.scores("ana")
    graded = course.graded("ana")
    (output,) = graded["softmax-check"]["outputs"]
    assert repr(worth["softmax-check"]) == "".join(output["data"]["text/plain"])
    assert f"{worth['softmax-check']:g} of {worth['softmax-check']:g} points" in "".join(output["data"]["text/html"])
    assert ["seen by the student\n"] == graded["softmax-picture"]["outputs"][0]["text"]


@pytest.mark.skipif(shutil.which("bwrap") is None, reason="cells are run anew in bubblewrap, which is not installed")
def test_cells_run_anew_see_no_solution_and_decide_nothing(
    course: Course, notebook: Make, solved: dict[str, str], worth: dict[str, float]
) -> None:
    """Fresh outputs take the place of saved ones; a cell that ends the kernel costs no point."""
    made = notebook(solved)
    cells = {cell["id"]: cell for cell in made["cells"]}
    look = f"import os\nprint(os.path.exists({str(SOLUTIONS)!r}), os.path.exists({str(course.root)!r}))"
    cells["softmax-picture"]["source"] = look
    cells["limits-picture"]["source"] = "os._exit(1)"
    course.hand_in("ana", made)
    with (course.root / "nbgrader_config.py").open("a", encoding="utf-8") as file:
        file.write("c.ExecuteInside.enabled = True\n")
    assert course.autograde("ana")["success"]
    assert {**worth, "answer": 0.0} == course.scores("ana")
    assert ["False False\n"] == course.graded("ana")["softmax-picture"]["outputs"][0]["text"]
