"""Plain values as Python source: what a student can copy, paste and run."""

from __future__ import annotations

import math

import numpy as np

from grader.child.builders import Array, Rng


def as_python(value: object) -> str:
    """Return source that makes ``value`` when numpy is imported as ``np``."""
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, np.generic):
        return f"np.{value.dtype}({as_python(value.item())})"
    if isinstance(value, np.ndarray):
        return _array(value.tolist(), str(value.dtype))
    if isinstance(value, Array):
        return _described(value)
    if isinstance(value, Rng):
        return f"np.random.default_rng({value.seed})"
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


def _array(values: object, dtype: str) -> str:
    kind = "" if dtype == "float64" else f", dtype=np.{dtype}"
    return f"np.array({as_python(values)}{kind})"


def _described(described: Array) -> str:
    plain = np.array(described.values, dtype=described.dtype)
    if described.kind == "fortran":
        return f"np.asfortranarray({_array(plain.tolist(), described.dtype)})"
    if described.kind == "strided":
        doubled = np.repeat(plain, 2, axis=-1)
        return f"{_array(doubled.tolist(), described.dtype)}[..., ::2]"
    if described.kind == "readonly":
        return f"np.broadcast_to({_array(plain.tolist(), described.dtype)}, {plain.shape})"
    return _array(plain.tolist(), described.dtype)
