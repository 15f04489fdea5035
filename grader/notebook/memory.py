"""Memory: what the checks of a notebook found since its kernel started, and which hints it was shown.

It is what ``.grader/history.jsonl`` is to the terminal, and is written to no file: a folder that is handed in should
hold none of ours.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from grader.judge import Report
from grader.student.history import Hint, History, run_of


class Memory:
    """The history of one kernel."""

    def __init__(self) -> None:
        self.history = History(Path())

    def found(self, report: Report, source: tuple[str, ...]) -> None:
        """Remember a report on the functions of a cell with this text."""
        known = self.history
        run = run_of(report, "\n".join(source).encode("utf-8", "replace"), len(known.of(report.exercise)) + 1)
        self.history = replace(known, runs=(*known.runs, run))

    def shown(self, hint: Hint) -> None:
        """Remember a hint."""
        self.history = replace(self.history, hints=(*self.history.hints, hint))


MEMORY = Memory()
