"""Unlike: a value that is not even of the kind that the reference returns.

A check may compute with a student's values as if they were the reference's: an array of that shape and dtype. When it
breaks because one is not, or because it is nan, infinite or beyond all floats where the reference's is a number, that
value is what is wrong, and it is the student's failure. Only a check that breaks on values of the right kind is our
own fault; a student cannot bring one about by returning something odd.
"""

from __future__ import annotations

import sys
from typing import Final

from grader.exercise.asked import Asked
from grader.exercise.check import AuthorError
from grader.exercise.compare import compare
from grader.exercise.probe import Probe
from grader.exercise.reply import Status
from grader.exercise.subject import Subject
from grader.exercise.unmet import Unmet

ANY_NUMBER: Final = sys.float_info.max  # an error that every number may have, but infinity and nan may not


def first_unlike(subject: Asked, reference: Subject) -> Unmet | None:
    """Return the first value of another kind than the reference's that a check was handed, as a failed expectation."""
    for asked, reply in subject.replies():
        if reply.status is not Status.VALUE:
            continue
        try:
            known = reference.answer(asked) if isinstance(asked, Probe) else reference.call(asked)
        except AuthorError:  # a recording answers declared probes only
            continue
        if known.status is not Status.VALUE:
            continue
        mismatch = compare(known.value, reply.value, ANY_NUMBER)
        if mismatch is not None:
            return Unmet(mismatch.kind, value=reply.value, mismatch=mismatch, allowed=ANY_NUMBER, asked=asked)
    return None
