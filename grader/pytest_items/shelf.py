"""Shelf: the answers that one run of pytest has before it, each judged once, in one sandbox.

Items ask for a report when they are run, so a run that only collects starts no sandbox. What goes wrong on our side
is a `Fault`, told in words, and never the outcome of a check.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from grader.exercise.exercise import Exercise
from grader.exercise.reply import Facts
from grader.fence import FenceError, Policy, Sandbox, Sheet, sheet_of
from grader.fence.absent import Absent
from grader.fence.intake import HandedIn
from grader.judge import Outcome, Report, judge
from grader.report.look import Look
from grader.report.problem import render_fault

ENDED = frozenset({Outcome.CRASHED, Outcome.TAMPERED})  # what a student's code did, or the end of our own server


class Fault(Exception):
    """Something went wrong on our side; its text is for whoever runs pytest."""


@dataclass(frozen=True)
class Answer:
    """One exercise, and what somebody handed in; ``shown`` is the file's path as the reader knows it."""

    exercise: Exercise
    handed_in: HandedIn
    shown: str


class Shelf:
    """Answers by the paths under which pytest knows them.

    Parameters
    ----------
    find : callable
        Called once, when the first answer is needed.
    policy : Policy
        How much confinement is needed.
    look : Look
        How failures appear on the terminal, and for whom.
    faults : Path
        The folder for the story of a fault of ours.
    """

    def __init__(self, find: Callable[[], Mapping[Path, Answer]], *, policy: Policy, look: Look, faults: Path) -> None:
        self._find = find
        self._policy = policy
        self._faults = faults
        self._told: dict[Path, Report | str] = {}
        self._sheets: dict[str, Sheet] = {}
        self._sandbox: Sandbox | None = None
        self.look = look
        self.kept_look = replace(look, audience="student")  # for files, which are handed on

    @cached_property
    def answers(self) -> Mapping[Path, Answer]:
        """Every answer; a course that cannot be read is an `AuthorError`."""
        return self._find()

    @property
    def confinement(self) -> str:
        """What was verified to confine the code, once any of it ran."""
        return "" if self._sandbox is None else self._sandbox.confinement.line

    @property
    def faulty(self) -> bool:
        """Whether anything went wrong on our side."""
        return any(isinstance(told, str) or told.faulty for told in self._told.values())

    def report(self, path: Path) -> Report:
        """Return the report of an answer; a `Fault` if there can be none."""
        if path not in self._told:
            self._told[path] = self._reported(self.answers[path])
        told = self._told[path]
        if isinstance(told, str):
            raise Fault(told)
        return told

    def fault_screen(self, story: str) -> str:
        """Write the story of a fault down, and return what is said of it."""
        from grader.cli._faults import write_fault  # noqa: PLC0415 - only a fault pays for the command line

        return render_fault(self.look, str(write_fault(story, self._faults))).plain

    def close(self) -> None:
        """End the sandbox."""
        if self._sandbox is not None:
            self._sandbox.close()

    def _reported(self, answer: Answer) -> Report | str:
        unread = answer.handed_in.unread.get(answer.exercise.slug)
        if unread is not None:
            return f"{unread}; make it readable, and run this again"
        try:
            return self._judged(answer)
        except FenceError as error:
            return str(error)
        except Exception:  # noqa: BLE001 - whatever it is, it is ours, and must not be a mark
            return self.fault_screen(traceback.format_exc())

    def _judged(self, answer: Answer) -> Report:
        exercise, handed_in = answer.exercise, answer.handed_in
        problem = handed_in.problems.get(exercise.slug)
        if problem is not None:
            return judge(exercise, Absent(Facts(f"{exercise.slug}.py", problem=problem)))
        sandbox = self._opened()
        with sandbox.submission(handed_in.sources) as child:
            report = judge(exercise, *child.ask([self._sheet(exercise)]))
        if any(result.outcome in ENDED for result in report.results):
            sandbox.fork(exercise.limits.memory_mb).kill()  # fails if the server is what ended
        return report

    def _sheet(self, exercise: Exercise) -> Sheet:
        if exercise.slug not in self._sheets:
            self._sheets[exercise.slug] = sheet_of(exercise)
        return self._sheets[exercise.slug]

    def _opened(self) -> Sandbox:
        if self._sandbox is None:
            imports = {name for answer in self.answers.values() for name in answer.exercise.imports}
            self._sandbox = Sandbox(policy=self._policy, imports=sorted(imports))
        return self._sandbox
