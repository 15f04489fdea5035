"""What to tell of an exception: its type, its text, and the student's own lines, with a few values.

The exception is the student's object: its ``__str__`` may raise, loop or lie. So only exact built-in types are
written out, everything is cut short, and whatever fails is left out.
"""

from __future__ import annotations

import builtins
from collections import Counter
from collections.abc import Collection
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any

import numpy as np

from .wire import type_name

OURS = f"{Path(__file__).parents[2]}/"  # in the texts of frames and tracebacks
TEXT = 2000
FRAMES = 12
LOCALS = 12
SHOWN = 80
ITEMS = 6
TOLD = 3  # times that the values at one line are told of a group of calls: more of them nobody reads
BUILT_IN = {name: kind for name, kind in vars(builtins).items() if isinstance(kind, type)}
Told = Counter[tuple[str, int]]  # how often the values at a line of a file have been told, of one group of calls


def describe(error: BaseException, files: Collection[str], told: Told | None = None) -> list[Any]:
    """Return kind, family, message and trace of an exception."""
    kind = type(error)
    family = FAMILIES.get(kind) if type(kind) is type else None
    if family is None:
        family = _family(kind)
    return [family[0], family, message(error), trace(error, files, told)]


def trace(error: BaseException, files: Collection[str], values_told: Told | None = None) -> list[Any]:
    """Return the student's frames, outermost first; the innermost carries its local values, if they are news."""
    own = [(frame, line) for frame, line in _frames(error.__traceback__) if frame.f_code.co_filename in files]
    if len(own) > FRAMES:
        own = own[: FRAMES // 2] + own[-FRAMES // 2 :]
    told: list[Any] = [[f.f_code.co_filename, line, f.f_code.co_name[:SHOWN], {}] for f, line in own]
    if own and _news(told[-1], values_told):
        told[-1][3] = _locals(own[-1][0])
    return told


def _news(place: list[Any], told: Told | None) -> bool:
    """Return whether the values at a place are to be told once more."""
    if told is None:
        return True
    told[place[0], place[1]] += 1
    return told[place[0], place[1]] <= TOLD


def _family(kind: type) -> list[str]:
    """Return the names of an exception's class and of those that it is made of."""
    return list(map(_name, type.__dict__["__mro__"].__get__(kind)[: ITEMS * 2]))


def _name(kind: type) -> str:
    """Return the name of a class; one that only borrows the name of a built-in class is told apart from it."""
    name = str(type.__dict__["__name__"].__get__(kind))[:SHOWN]
    return name if BUILT_IN.get(name, kind) is kind else f"<{name}>"


def blame(error: BaseException, files: Collection[str]) -> str:
    """Return ``, line 3`` for the innermost line of the student's that an exception came through."""
    if isinstance(error, SyntaxError):
        return f", line {error.lineno}"
    own = [line for frame, line in _frames(error.__traceback__) if frame.f_code.co_filename in files]
    return f", line {own[-1]}" if own else ""


def _frames(step: TracebackType | None) -> list[tuple[FrameType, int]]:
    found = []
    while step is not None:
        found.append((step.tb_frame, step.tb_lineno))
        step = step.tb_next
    return found


def message(error: BaseException) -> str:
    """Return the text of an exception, as far as it has one; where this grader lies is nobody's business."""
    try:
        text = str(error)
    except BaseException:  # noqa: BLE001 - a student's __str__ may raise anything; its text is then not known
        return ""
    return text[:TEXT].replace(OURS, "") if type(text) is str else ""


def _locals(frame: FrameType) -> dict[str, str]:
    if frame.f_code.co_name == "<module>":
        return {}
    return {name[:SHOWN]: short(value) for name, value in list(frame.f_locals.items())[:LOCALS]}


def short(value: object, depth: int = 0) -> str:
    """Return a short text of a value without running any code of its class."""
    kind = type(value)
    if kind is np.ndarray:
        return _array(value)  # type: ignore[arg-type]
    if kind is int and value.bit_length() > 256:  # type: ignore[attr-defined]  # noqa: PLR2004 - longer is unreadable
        return "<int>"
    if value is None or kind in (bool, int, float):
        return repr(value)
    if kind is str:
        return repr(value[:SHOWN])  # type: ignore[index]
    if kind in (list, tuple) and depth < 2:  # noqa: PLR2004 - deeper is unreadable
        parts = [short(item, depth + 1) for item in value[:ITEMS]]  # type: ignore[index]
        more = ["..."] if len(value) > ITEMS else []  # type: ignore[arg-type]
        text = ", ".join(parts + more)
        return (f"[{text}]" if kind is list else f"({text})")[: 2 * SHOWN]
    if issubclass(kind, np.generic) and kind.__module__ == "numpy":
        return repr(value)[:SHOWN]
    return f"<{type_name(value)}>"


def _array(value: np.ndarray[Any, Any]) -> str:
    if value.dtype.kind not in "biufc":
        return f"<array of {value.dtype.kind}, shape {value.shape}>"
    if value.size > ITEMS:
        return f"<{value.dtype.name} array of shape {value.shape}>"
    return f"array({value.tolist()!r})"[: 2 * SHOWN]


FAMILIES = {kind: _family(kind) for kind in BUILT_IN.values() if issubclass(kind, BaseException)}
