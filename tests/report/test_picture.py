"""The picture of a report: which check it is of, in which language, and where a text says that it is."""

# ruff: noqa: SIM300 - the order of this house is expected == actual

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from rich.cells import cell_len
from syrupy.assertion import SnapshotAssertion

from grader.exercise.exercise import Exercise
from grader.judge.report import Report
from grader.report.feedback import render_feedback
from grader.report.look import Look
from grader.report.picture import draw_picture
from grader.report.screen import render_check

States = Mapping[str, Report]
FILE = ".grader/softmax.svg"


def hidden(report: Report) -> Report:
    """Return the report with every check hidden."""
    return replace(report, results=tuple(replace(result, visibility="hidden") for result in report.results))


def test_a_figure_that_differs_has_a_picture(states: States, tongue: Look) -> None:
    """With its two names in the reader's language; a report without such a figure has none."""
    known = {"en": ("expected", "got"), "es": ("esperado", "obtenido")}[tongue.language]
    svg = draw_picture(states["figure"], tongue)
    assert [True, True] == [f">{name}</text>" in svg for name in known]
    assert ("", "") == (draw_picture(states["failing"], tongue), draw_picture(states["all_pass"], tongue))


def test_a_hidden_figure_is_not_drawn(states: States) -> None:
    """It would show the input."""
    assert "" == draw_picture(hidden(states["figure"]), Look())


def test_a_screen_names_the_file(exercise: Exercise, states: States, look: Look, snapshot: SnapshotAssertion) -> None:
    """Below the columns of the figure, and nowhere else."""
    screen = render_check(exercise, states["figure"], look, picture=FILE).plain
    assert screen == snapshot
    assert max(map(cell_len, screen.split("\n"))) <= 80
    assert 1 == screen.count(FILE)
    assert FILE not in render_check(exercise, states["failing"], look, picture=FILE).plain


def test_a_page_names_the_file_of_each_exercise(exercise: Exercise, states: States) -> None:
    """By its slug; without a picture no file is named."""
    graded = [(exercise, states["figure"])]
    assert "ana.softmax.svg" in render_feedback("ana", graded, Look(), pictures={"softmax": "ana.softmax.svg"}).plain
    assert ".svg" not in render_feedback("ana", graded, Look()).plain
