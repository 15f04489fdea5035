"""Subject: running code that answers calls. All that the judge knows of a submission."""

from __future__ import annotations

from typing import Protocol

from grader.exercise.call import Call
from grader.exercise.probe import Probe
from grader.exercise.reply import Facts, Reply


class Subject(Protocol):
    """A live module here, a recording, or a sandboxed child."""

    @property
    def facts(self) -> Facts:
        """What parsing the code said, before it ran."""

    def answer(self, probe: Probe) -> Reply:
        """Return the reply to a declared probe; it may have been collected long before."""

    def call(self, call: Call) -> Reply:
        """Make a call now, with inputs that a check computed."""
