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

from grader.exercise.call import array, call, rng
from grader.exercise.check import AuthorError, check
from grader.exercise.probe import close, probes
from grader.judge.expect import expect, found

__all__ = ["AuthorError", "array", "call", "check", "close", "expect", "found", "probes", "rng"]
