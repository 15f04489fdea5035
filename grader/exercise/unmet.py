"""Unmet: an expectation that does not hold, with the evidence that a finding is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from grader.exercise.call import Call
from grader.exercise.compare import Mismatch
from grader.exercise.probe import Probe
from grader.exercise.reply import Reply

Measures = Mapping[str, float]
NOTHING: Measures = {}


@dataclass(eq=False)
class Unmet(Exception):
    """An expectation that does not hold, with what the judge needs to show it."""

    kind: str
    value: object = None
    expected: str = ""
    got: str = ""
    mismatch: Mismatch | None = None
    allowed: object = None
    asked: Probe | Call | None = None
    reply: Reply | None = None
    otherwise: str | None = None
    named: str | None = None
    credit: float = 0.0
    measures: Measures = field(default_factory=dict)
