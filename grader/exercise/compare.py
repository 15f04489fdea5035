"""Comparing values: what is wrong with ``got`` when ``want`` was expected, in the order a person would ask.

First the type, then the shape, then the dtype, then the numbers. nan equals nan and inf equals inf, so that
a wrong answer can be compared with a known wrong answer by the same rule.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.exercise.python import as_python
from grader.exercise.reply import Opaque

INTEGER_BITS = 63  # of an int64 without its sign
SHORT = 60  # characters of a value that are shown after the name of its type


@dataclass(frozen=True, slots=True)
class Mismatch:
    """The first thing in which two values differ: kind is type, shape, dtype, keys, word or values."""

    kind: str
    expected: str
    got: str
    want: object = None
    have: object = None
    right: NDArray[np.bool_] | None = None
    key: str = ""  # where in a dict, list or tuple
    allowed: object = 0.0  # the error allowed there


def compare(want: object, got: object, allowed: object = 0.0, key: str = "") -> Mismatch | None:
    """Return what is wrong, or None.

    Parameters
    ----------
    want, got : plain values
    allowed : float, ndarray or callable
        Largest absolute error, entry by entry, of numbers; or what says it for each number or array in a container.
    """
    if type(want) is type(got) and _alike(want, got):  # which most of them are, whatever error is allowed
        return None
    want, got = _unboxed(want, got), _unboxed(got, want)
    if isinstance(want, dict):
        return _compare_mappings(want, got, allowed, key)
    if isinstance(want, (list, tuple)):
        return _compare_sequences(want, got, allowed, key)
    if callable(allowed):
        allowed = allowed(want)
    if isinstance(want, np.ndarray):
        return _compare_arrays(want, got, allowed, key)
    if isinstance(want, str) and isinstance(got, str):
        return None if got == want else Mismatch("word", as_python(want), as_python(got), key=key)
    if isinstance(want, (bool, str, type(None), Opaque)):
        same = type(got) is type(want) and got == want
        return None if same else Mismatch("type", described(want), described(got), want, got, key=key)
    return _compare_numbers(want, got, allowed, key)


def _alike(want: object, got: object) -> bool:
    """Return whether two values of one type are the same number, word or array to the last bit; of others, False."""
    if isinstance(want, np.ndarray) and isinstance(got, np.ndarray):
        form = want.dtype == got.dtype and want.shape == got.shape
        return form and want.dtype.kind != "O" and want.tobytes() == got.tobytes()
    return isinstance(want, (float, str)) and want == got


def agree(want: NDArray[Any], got: NDArray[Any], allowed: object) -> NDArray[np.bool_]:
    """Return entry by entry whether the error is allowed; nan agrees with nan, inf with inf of its sign."""
    if want.dtype.kind in "iu":
        whole: NDArray[np.bool_] = _distance(want, got) <= allowed
        return whole
    with np.errstate(invalid="ignore", over="ignore"):  # beside an infinite value any error would be allowed
        near: NDArray[np.bool_] = (np.abs(got - want) <= allowed) & np.isfinite(want)
        if near.all():
            return near
        same: NDArray[np.bool_] = near | (got == want) | (np.isnan(got) & np.isnan(want))
        return same


def fitted(value: complex) -> complex:
    """Return a number that an array can hold: integers of more than 63 bits become floats."""
    if not isinstance(value, int) or value.bit_length() <= INTEGER_BITS:
        return value
    return float(value) if _fits(value) else math.inf if value > 0 else -math.inf


def _distance(want: NDArray[Any], got: NDArray[Any]) -> NDArray[Any]:
    """Return the differences of integers of one dtype, without a sign, so that none wraps around."""
    unsigned = np.dtype(f"u{want.dtype.itemsize}")
    above, below = np.maximum(want, got), np.minimum(want, got)
    distance: NDArray[Any] = np.subtract(above.astype(unsigned), below.astype(unsigned), dtype=unsigned)
    return distance


def _unboxed(value: object, other: object) -> object:
    """Return a NumPy scalar as a number, unless its dtype is to be compared: 0.5 and np.float64(0.5) are one answer."""
    alone = isinstance(value, np.ndarray) and not value.shape and not isinstance(other, np.ndarray)
    return value.item() if alone or isinstance(value, np.generic) else value  # type: ignore[attr-defined]


def _compare_arrays(want: NDArray[np.generic], got: object, allowed: object, key: str) -> Mismatch | None:
    if not isinstance(got, np.ndarray):
        return Mismatch("type", described(want), described(got), want, got, key=key)
    if got.shape != want.shape:
        return Mismatch("shape", _shape(want), _shape(got), want, got, key=key)
    if got.dtype != want.dtype:
        return Mismatch("dtype", str(want.dtype), str(got.dtype), want, got, key=key)
    right = agree(want, got, allowed) if want.dtype.kind in "fciu" else got == want
    return None if right.all() else Mismatch("values", "", "", want, got, right, key, allowed)


def _compare_numbers(want: object, got: object, allowed: object, key: str) -> Mismatch | None:
    known = (int, float, complex) if isinstance(want, complex) else (int, float)
    if isinstance(got, bool) or not isinstance(got, known) or not isinstance(want, (int, float, complex)):
        return Mismatch("type", described(want), described(got), want, got, key=key)
    if isinstance(want, int) and isinstance(got, int):
        right = abs(got - want) <= float(np.asarray(allowed))  # Python's integers are exact at any size
    elif type(want) is float and type(got) is float:
        near = abs(got - want) <= float(np.asarray(allowed)) and math.isfinite(want)
        right = near or got == want or (math.isnan(got) and math.isnan(want))
    else:
        kind = np.complex128 if isinstance(want, complex) else np.float64
        right = _fits(want) and _fits(got) and bool(agree(np.asarray(want, kind), np.asarray(got, kind), allowed))
    return None if right else Mismatch("values", "", "", fitted(want), fitted(got), np.asarray(right), key, allowed)


def _fits(value: object) -> bool:
    """Return whether a number is no integer beyond the range of floats."""
    return not isinstance(value, int) or abs(value) <= sys.float_info.max


def _compare_mappings(want: dict[object, object], got: object, allowed: object, key: str) -> Mismatch | None:
    if not isinstance(got, dict):
        return Mismatch("type", described(want), described(got), want, got, key=key)
    if got.keys() != want.keys():
        return Mismatch("keys", _listed(want.keys() - got.keys()), _listed(got.keys() - want.keys()), key=key)
    return _first(((name, want[name], got[name]) for name in want), allowed, key)


def _compare_sequences(
    want: list[object] | tuple[object, ...], got: object, allowed: object, key: str
) -> Mismatch | None:
    if not isinstance(got, (list, tuple)) or type(got) is not type(want):
        return Mismatch("type", described(want), described(got), want, got, key=key)
    if len(got) != len(want):
        return Mismatch("shape", str(len(want)), str(len(got)), want, got, key=key)
    return _first(zip(count(), want, got), allowed, key)


def _first(parts: Iterable[tuple[object, object, object]], allowed: object, key: str) -> Mismatch | None:
    """Return the first mismatch among the parts of a container, each with its key or index."""
    for name, want, got in parts:
        mismatch = compare(want, got, allowed)
        if mismatch is not None:
            return replace(mismatch, key=f"{key}[{name!r}]{mismatch.key}")
    return None


def _listed(keys: Iterable[object]) -> str:
    """Return keys as Python has them, in alphabetical order."""
    return ", ".join(sorted(map(as_python, keys)))


def _shape(value: NDArray[np.generic]) -> str:
    return " x ".join(map(str, value.shape)) if value.shape else "()"


def kinds(value: object) -> str:
    """Return what a value is made of, as Python writes types: ``(float, float)`` for a pair of any two numbers."""
    value = _unboxed(value, None)
    if isinstance(value, tuple):
        return f"({', '.join(map(kinds, value))})"
    return "float" if type(value) is int else type(value).__name__


def described(value: object) -> str:
    """Return a short form of a value: arrays by dtype and shape, unknown objects by the name of their type."""
    if isinstance(value, Opaque):
        return value.type_name
    if isinstance(value, np.ndarray):
        return f"{value.dtype} array of shape {value.shape}" if value.shape else repr(value.item())
    text = as_python(value) if not isinstance(value, Mapping) else f"with keys {sorted(map(str, value))}"
    return f"{type(value).__name__} {text}" if len(text) <= SHORT else type(value).__name__
