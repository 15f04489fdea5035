"""nbgrader's own autograde gives our verdicts: partial credit, cards, and whatever was handed in, a grade."""

# ruff: noqa: SIM300 - the order of this house is expected == actual

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = [
    pytest.mark.filterwarnings("ignore"),  # nbgrader's libraries warn about each other
    pytest.mark.xdist_group("nbgrader"),
]
Course = Any  # the fixture: a course folder, and nbgrader to work in it
Make = Callable[..., dict[str, Any]]
FULL = {"softmax-check": 16.0, "limits-check": 6.0, "answer": 0.0}


def test_a_solved_notebook_gets_full_marks_and_a_card(course: Course, notebook: Make, solved: dict[str, str]) -> None:
    """Each check's output is a number for nbgrader and a card for people; the student's own outputs are kept."""
    made = notebook(solved)
    shown = {"output_type": "stream", "name": "stdout", "text": "seen by the student\n"}
    made["cells"][5]["outputs"] = [shown]
    course.hand_in("ana", made)
    answer = course.autograde("ana")
    assert answer["success"], answer["log"]
    assert FULL == course.scores("ana")
    graded = course.graded("ana")
    (output,) = graded["softmax-check"]["outputs"]
    assert "16.0" == "".join(output["data"]["text/plain"])
    assert "16 of 16 points" in "".join(output["data"]["text/html"])
    assert ["seen by the student\n"] == graded["softmax-picture"]["outputs"][0]["text"]
