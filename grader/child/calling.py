"""Make one call of a student's function and describe how it ended.

Whatever one call sets (seeds, warning filters, numpy's error state, `sys.stdout`) is set anew for the next, so that
no call can silence or steer another by accident.
"""

from __future__ import annotations

import io
import random
import sys
import time
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from . import figure, traces
from .frames import TooLarge, written
from .notebook import Notebook
from .prepared import Prepared
from .student import Student
from .wire import Writer, type_name

PRINTED = 64 * 1024  # characters that one submission may print in all
WARNINGS = 20
TEXT = 300
SEED = 20_240_501
EVERY_WARNING = [("always", None, Warning, None, 0)]
FLOATS = {"divide": "warn", "over": "warn", "under": "ignore", "invalid": "warn"}  # what NumPy does about them
MANY = 4  # replies of the largest size that one exercise may send
TREES = 4 << 20  # bytes of all replies of one exercise but their arrays

Answer = tuple[str, list[bytes]]  # a reply as JSON, and the buffers of the arrays in it


class Printed:
    """What takes the place of `sys.stdout` and `sys.stderr`: it keeps the first part of what is printed."""

    encoding = "utf-8"
    errors = "replace"
    closed = False

    def __init__(self) -> None:
        self.left = PRINTED
        self.parts: list[str] = []

    def write(self, text: str) -> int:
        """Keep a text, as far as there is room."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if self.left > 0 and text:
            self.parts.append(str(text[: self.left]))
            self.left -= len(text)
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        """Keep several texts."""
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """Do nothing: it is kept already."""

    def close(self) -> None:
        """Stay open: the next call prints here, too."""

    def isatty(self) -> bool:
        """Return False."""
        return False

    def writable(self) -> bool:
        """Return True."""
        return True

    def take(self) -> str:
        """Return what was printed since the last time."""
        if not self.parts:
            return ""
        text = "".join(self.parts)
        self.parts.clear()
        return text


class Caller:
    """Makes calls for one exercise and counts what its replies may still hold."""

    def __init__(self, student: Student | Notebook, slug: str, printed: Printed, reply_bytes: int) -> None:
        self.student = student
        self.printed = printed
        self.limit = reply_bytes
        self.left = MANY * reply_bytes
        self.trees = TREES
        self.draws = student.draws(slug)
        self.nothing = io.StringIO()  # what input() reads
        self.warned: list[str] = []
        self.told: defaultdict[int, traces.Told] = defaultdict(Counter)  # of each group: a check shows what is in one

    def settle(self) -> None:
        """Set everything that a call may have changed."""
        sys.stdout = sys.stderr = self.printed
        sys.stdin = self.nothing
        if warnings.filters != EVERY_WARNING:
            warnings.resetwarnings()
            warnings.simplefilter("always")
        warnings.showwarning = self._warn
        if np.geterr() != FLOATS:  # asking takes a fifth of the time of setting
            np.seterr(**FLOATS)  # type: ignore[arg-type]
        if self.warned:
            self.warned = []
        if self.draws:
            random.seed(SEED)
            np.random.seed(SEED)  # noqa: NPY002 - it is the student who uses the old generator

    def reply(self, number: int, function: Callable[..., object] | None, call: Prepared) -> Answer:
        """Make a call and return the reply."""
        answer: dict[str, Any] = {"n": number}
        if function is None:
            answer["m"] = 1
            return written(answer), []
        self.settle()
        writer = Writer(min(self.limit, self.left))
        start = time.thread_time()
        try:
            try:
                value = function(*call.args, **call.kwargs)
            finally:  # to say what came of it is our work, and not the student's
                answer["s"] = round((time.thread_time() - start) * 1e6)
            if call.drawn is not None:  # whatever was returned: what such a function is for is the drawing
                value = figure.describe(call.drawn)
            self._value(answer, writer, value)
        except BaseException as error:  # noqa: BLE001 - SystemExit and KeyboardInterrupt are answers, too
            writer.buffers.clear()
            answer["r"] = traces.describe(error, self.student.files, self.told[call.group])
        self._aside(answer, call)
        text, buffers = _written(answer, writer.buffers, self.trees)
        self.left -= len(text) + sum(map(len, buffers))
        self.trees -= len(text)
        return text, buffers

    @staticmethod
    def _value(answer: dict[str, Any], writer: Writer, value: object) -> None:
        try:
            answer["v"] = writer.tree(value)
        except TooLarge as error:
            writer.buffers.clear()
            answer |= {"v": ["o", type_name(value)], "x": str(error)}

    def _aside(self, answer: dict[str, Any], call: Prepared) -> None:
        changed = call.changed() if call.watched else None
        if changed:
            answer["c"] = changed
        text = self.printed.take()
        if text:
            answer["p"] = text
        if self.warned:
            answer["w"] = self.warned

    def _warn(self, message: Warning | str, category: type[Warning], *_where: object, **_more: object) -> None:
        if len(self.warned) < WARNINGS:
            self.warned.append(f"{category.__name__}: {message}"[:TEXT])


def _written(answer: dict[str, Any], buffers: list[bytes], left: int) -> Answer:
    """Return an answer as JSON, or what can be said of one that is too large."""
    try:
        text = written(answer)
        if len(text) <= left:
            return text, buffers
        note = f"a reply of {len(text)} bytes"
    except TooLarge as error:
        note = str(error)
    told = {"r": [*answer["r"][:2], "", []]} if "r" in answer else {"v": ["o", "value"], "x": note}
    return written({"n": answer["n"], **told, "s": answer["s"]}), []
