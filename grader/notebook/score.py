"""Score: a number for nbgrader and a report for people, in one result of a cell.

nbgrader reads a cell's score from the text of its result, and a notebook shows the richest form that a result has. So a
score is a float whose text is that of a float, to the last digit, and whose HTML is the card.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, Self

from grader.judge.report import Report


class Score(float):
    """Points of a cell.

    Parameters
    ----------
    points : float
        What the cell earns.
    report : Report
        What was found.
    text : str
        The report as a terminal shows it: ``print(check(...).text)``.
    card : callable
        What renders the report as HTML, with its pictures; it is called when somebody looks.
    """

    report: Report
    text: str
    _card: Callable[[], str]

    def __new__(cls, points: float, *, report: Report, text: str, card: Callable[[], str]) -> Self:
        """Make a float that knows its report."""
        made = super().__new__(cls, points)
        made.report, made.text, made._card = report, text, card
        return made

    @cached_property
    def card(self) -> str:
        """The report as HTML."""
        return self._card()

    def __repr__(self) -> str:
        return float.__repr__(self)

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:  # noqa: ANN401, FBT001 - IPython's protocol
        """Be the number, whatever a student's ``%precision`` says about other floats."""
        del cycle
        printer.text(float.__repr__(self))

    def _repr_html_(self) -> str:
        return self.card


class ChecksFail(Exception):
    """What is raised in place of a score when nbgrader validates: its list of what fails is the screen itself."""

    def _render_traceback_(self) -> list[str]:
        return str(self).split("\n")


class WrongCall(TypeError):
    """A call of ours that cannot be answered, told in one sentence and without our own lines."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]
