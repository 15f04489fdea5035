"""What pytest shows of a result: its screen on the terminal, and what may be kept in files.

On an instructor's terminal a hidden check is shown in full. A file, such as ``--junitxml`` writes, is handed on, so
it holds what a student may read.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from grader.judge import Outcome, Report, Result
from grader.pytest_items.shelf import Answer, Shelf
from grader.report.layout import together
from grader.report.look import Look
from grader.report.result import render_result
from grader.report.screen import render_check
from grader.report.todo import todo_lines
from grader.report.view import View
from grader.report.words import count, listing, outcome_word


class Writer(Protocol):
    """What pytest hands a failure to write itself to."""

    def line(self, text: str = "") -> None:
        """Write a line."""


@dataclass(frozen=True, slots=True)
class Crash:
    """The short form of a failure: pytest's summary line, and the message in XML."""

    path: str
    lineno: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"


@dataclass(frozen=True, slots=True)
class Screen:
    """A failure as pytest shows and keeps it; the names are those that pytest looks for."""

    reprcrash: Crash
    shown: str
    kept: str

    def toterminal(self, writer: Writer) -> None:
        """Write the failure for whoever runs pytest."""
        for line in self.shown.splitlines():
            writer.line(line)

    def __str__(self) -> str:
        return self.kept


def failure_screen(shelf: Shelf, path: Path, result: Result) -> Screen:
    """Return the screen of a check that did not pass."""
    answer, report = shelf.answers[path], shelf.report(path)
    view = _view(answer, report, shelf.kept_look)
    diagnosis = f" ({result.diagnosis})" if result.diagnosis else ""
    message = f"{outcome_word(view.look, result.outcome)} {view.number(result)}: {view.title(result.check)}{diagnosis}"
    kept = _block(answer, report, result, shelf.kept_look)
    shown = kept if shelf.look == shelf.kept_look else _block(answer, report, result, shelf.look)
    return Screen(Crash(answer.shown, 0, message), shown, kept)


def skip_reason(shelf: Shelf, path: Path, result: Result) -> str:
    """Return in words why a check was not made: its code is not written, or it waits for others."""
    answer, report = shelf.answers[path], shelf.report(path)
    view = _view(answer, report, shelf.kept_look)
    word = outcome_word(view.look, result.outcome)
    if result.outcome is Outcome.TODO:
        lines = together(todo_lines(view, result), plain=True).plain.splitlines()
        return f"{word}: {' '.join(line.strip() for line in lines)}"
    order = [one.check for one in report.results]
    numbers = [order.index(name) + 1 for name in result.waits_for]
    return f"{word}: {count(view.look, 'screen.needs', len(numbers), checks=listing(view.look, numbers))}"


def fault_story(result: Result) -> str:
    """Return what went wrong in a check of ours."""
    return f"{result.check}\n{result.finding.note if result.finding else ''}"


def properties(shelf: Shelf, path: Path, result: Result) -> list[tuple[str, str]]:
    """Return what stands beside an item in ``--junitxml``."""
    answer = shelf.answers[path]
    named = {
        "student": answer.handed_in.student,
        "exercise": answer.exercise.slug,
        "visibility": result.visibility,
        "outcome": str(result.outcome),
        "points": f"{result.points:.10g}",
        "max_points": f"{result.max_points:.10g}",
        "diagnosis": result.diagnosis or "",
        "confinement": shelf.confinement,
    }
    return [(name, value) for name, value in named.items() if value]


def _block(answer: Answer, report: Report, result: Result, look: Look) -> str:
    """Return one check in full, or why no check could be made."""
    if report.facts.problem is not None:
        return render_check(answer.exercise, report, look, path=answer.shown).plain
    return render_result(answer.exercise, report, result, look, path=answer.shown).plain


def _view(answer: Answer, report: Report, look: Look) -> View:
    return View(answer.exercise, report, look, answer.shown)
