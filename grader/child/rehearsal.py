"""A rehearsal in the warm server: parse, load and call a small file of ours, so that no child does it first.

Python makes code faster as it runs, loads some modules only when they are needed, and asks the system for memory.
What the server has done, every fork inherits; otherwise each child would pay for it again.
"""

from __future__ import annotations

import sys
import warnings
from typing import Final

import numpy as np

from . import facts
from .calling import Caller, Printed
from .frames import pack
from .prepared import prepare
from .student import Student
from .wire import Reader, Writer

TIMES: Final = 12  # after eight runs Python has specialised a function
SLUG: Final = "fence_rehearsal"
SOURCE: Final = b'''"""A file of the kind that students write."""
import warnings
import numpy as np


class Refused(ValueError):
    """An exception of their own."""


def rehearse(heights, step=1.0, *, axis=-1):
    """Do what such files do: how far entries lie from their mean, in steps."""
    if step <= 0:
        raise ValueError("step must be positive")
    if step > 5:
        warnings.warn("large")
        print("large")
    entries = np.array(heights, dtype=float)
    with np.errstate(invalid="ignore"):
        away = np.abs(entries - entries.mean(axis, keepdims=True)) / step
    return {"away": away, "total": float(away.sum()), "n": [1, 2]}
'''


def rehearse() -> None:
    """Go through everything once, and leave no trace of it."""
    student = Student({SLUG: SOURCE})
    outside = sys.stdin, sys.stdout, sys.stderr, warnings.showwarning, list(warnings.filters)
    try:
        pack({"f": facts.describe(student.parse(SLUG))})
        _call(student)
    finally:
        sys.stdin, sys.stdout, sys.stderr, warnings.showwarning = outside[:4]
        warnings.filters[:] = outside[4]  # type: ignore[index]
        sys.modules.pop(SLUG, None)


def _call(student: Student) -> None:
    caller = Caller(student, SLUG, Printed(), 1 << 20)
    function = student.load(SLUG).rehearse
    writer = Writer(1 << 20, request=True)
    entries, rows = np.array([0.0, 1.0]), np.array([[0.0, 1.0], [2.0, 3.0]])
    trees = [
        [SLUG, [writer.tree(given)], {"step": step}]
        for _time in range(TIMES)
        for given, step in ((entries, 1.0), (rows, 2.0), ([0.0, 1.0], 6.0), (entries, -1.0))
    ]
    reader = Reader(b"".join(writer.buffers), request=True)
    for number, tree in enumerate(trees):
        caller.reply(number, function, prepare(tree, reader, []))
