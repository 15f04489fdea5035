"""Absent: the subject of a file that was never loaded: missing, unreadable, or two where one is expected."""

from __future__ import annotations

from dataclasses import dataclass

from grader.exercise.call import Call
from grader.exercise.probe import Probe
from grader.exercise.reply import Facts, Reply, Status


@dataclass(frozen=True)
class Absent:
    """A subject that answers nothing; its facts say why."""

    facts: Facts

    def answer(self, probe: Probe) -> Reply:
        """Say that there is nothing to answer."""
        del probe
        return Reply(Status.MISSING)

    def call(self, call: Call) -> Reply:
        """Say that there is nothing to call."""
        del call
        return Reply(Status.MISSING)
