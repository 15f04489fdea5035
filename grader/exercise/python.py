"""Plain values as Python source: what a student can copy, paste and run."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.child.builders import Array, Axes, Rng
from grader.exercise.reply import Opaque

NUMBERS = frozenset(
    {"bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"}
    | {"float16", "float32", "float64", "complex64", "complex128"}
)  # the dtypes that have a name in numpy and a value in Python


def as_python(value: object) -> str:
    """Return source that makes ``value`` when numpy is imported as ``np``, and pyplot as ``plt``.

    Of an object that is no plain value, which can stand in a list or tuple, only the name of its type is known.
    """
    if isinstance(value, Opaque):
        return value.type_name
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, complex):
        return f"complex({_number(value.real)}, {_number(value.imag)})"
    if isinstance(value, np.generic) and value.dtype.name in NUMBERS:
        return f"np.{value.dtype}({as_python(value.item())})"
    if isinstance(value, np.ndarray):
        return _array(value)
    if isinstance(value, (Array, Rng, Axes)):
        return _described(value)
    if isinstance(value, list):
        return f"[{', '.join(map(as_python, value))}]"
    if isinstance(value, tuple):
        return f"({', '.join(map(as_python, value))}{',' if len(value) == 1 else ''})"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{as_python(k)}: {as_python(v)}" for k, v in value.items()) + "}"
    return repr(value)


def _number(value: float) -> str:
    if math.isnan(value):
        return "np.nan"
    if math.isinf(value):
        return "np.inf" if value > 0 else "-np.inf"
    return repr(float(value))


def _array(array: NDArray[Any]) -> str:
    kind = f", dtype=np.{array.dtype.name}" if array.dtype.name in NUMBERS and array.dtype != np.float64 else ""
    if array.size == 0 and array.ndim > 1:
        return f"np.empty({array.shape}{kind})"  # a list cannot say how long its other axes are
    return f"np.array({as_python(array.tolist())}{kind})"


def _described(described: Array | Rng | Axes) -> str:
    if isinstance(described, Axes):
        return "plt.figure().add_subplot()"
    if isinstance(described, Rng):
        return f"np.random.default_rng({described.seed})"
    plain = np.array(described.values, dtype=described.dtype)
    if described.kind == "fortran":
        return f"np.asfortranarray({_array(plain)})"
    if described.kind == "strided":
        return f"{_array(np.repeat(plain, 2, axis=-1))}[..., ::2]"
    if described.kind == "readonly":
        return f"np.broadcast_to({_array(plain)}, {plain.shape})"
    return _array(plain)
