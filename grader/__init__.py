"""All that an exercise author imports: declare probes and checks, and say what is expected.

Examples
--------
>>> from grader import call, check, expect, probes
>>> ORDINARY = probes("ordinary", [call("double", 2.0), call("double", [1.0, 2.0])])
>>> @check(points=1, on=ORDINARY)
... def doubles(subject, reference):
...     '''Every number is doubled.'''
...     expect(subject).agrees(reference, on=ORDINARY)
>>> doubles.title
'Every number is doubled'
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.exercise.call import array, axes, call, rng
    from grader.exercise.check import AuthorError, check
    from grader.exercise.claims import Claims
    from grader.exercise.drawing import drawing
    from grader.exercise.draws import by_chance, shares
    from grader.exercise.expect import expect, found
    from grader.exercise.personal import draws
    from grader.exercise.probe import close, probes

_ROOMS = {
    "AuthorError": "check",
    "Claims": "claims",
    "array": "call",
    "axes": "call",
    "by_chance": "draws",
    "call": "call",
    "check": "check",
    "close": "probe",
    "drawing": "drawing",
    "draws": "personal",
    "expect": "expect",
    "found": "expect",
    "probes": "probe",
    "rng": "call",
    "shares": "draws",
}

__all__ = [
    "AuthorError",
    "Claims",
    "array",
    "axes",
    "by_chance",
    "call",
    "check",
    "close",
    "drawing",
    "draws",
    "expect",
    "found",
    "probes",
    "rng",
    "shares",
]


def __getattr__(name: str) -> object:
    """Import a name when it is first used: pytest loads our plugin in every run and must not pay for numpy."""
    if name not in _ROOMS:
        raise AttributeError(f"module 'grader' has no attribute {name!r}")
    return getattr(importlib.import_module(f"grader.exercise.{_ROOMS[name]}"), name)
