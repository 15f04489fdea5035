"""Plain values: what is left of a value when it crosses to a child and back.

Trusted code answers in this process, but its answers must be those that a child would send, or the same
code would get two verdicts: NumPy's scalars become arrays without axes, arrays become read-only copies, and of any
other object only the name of its type is kept.
"""

from __future__ import annotations

import numpy as np

from grader.exercise.python import as_python
from grader.exercise.reply import Opaque

NUMBERS = "biufc"  # kinds of dtype that a child can send


def plain(value: object) -> object:
    """Return a value as it would come back from a child."""
    kind = type(value)
    if value is None or kind in (bool, int, float, str):
        return value
    if kind is np.ndarray or isinstance(value, np.generic):
        return _array(np.asarray(value))
    if isinstance(value, (list, tuple)) and kind in (list, tuple):
        return kind(plain(item) for item in value)
    if isinstance(value, dict) and kind is dict:
        return {key: plain(item) for key, item in value.items()}
    return Opaque(kind.__name__)


def trace_of(argument: object) -> object:
    """Return what stays equal as long as nobody changes an argument, or None for one that cannot change."""
    if isinstance(argument, np.ndarray):
        return argument.dtype.str, argument.shape, argument.flags.writeable, argument.tobytes()
    return as_python(argument) if isinstance(argument, (list, dict)) else None


def _array(value: np.ndarray[tuple[int, ...], np.dtype[np.generic]]) -> object:
    if value.dtype.kind not in NUMBERS:
        return Opaque(f"array of {value.dtype.name[:40]}")
    copy = np.array(value, order="C")
    copy.setflags(write=False)
    return copy
