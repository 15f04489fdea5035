"""Expected: the reference's values on a whole group, end to end, so that agreement is one comparison.

Most replies are arrays of float64, and most are right. So all of a group are compared at once, and one by one only
when something differs and the first difference is to be shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from grader.exercise.compare import agree

FLOAT = np.dtype(np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class Expected:
    """Numbers and arrays of float64, end to end, with the error that each entry is allowed."""

    shapes: tuple[tuple[int, ...], ...]
    values: NDArray[np.float64]
    allowed: NDArray[np.float64]

    def agrees(self, got: Sequence[object]) -> bool:
        """Return whether these are numbers and arrays of the same shapes that agree in every entry."""
        if _shapes(got) != self.shapes:
            return False
        return bool(agree(self.values, np.concatenate(got, axis=None), self.allowed).all())  # type: ignore[arg-type]


def expected(values: Sequence[object], allowed: Sequence[object]) -> Expected | None:
    """Return what is expected of a group; None if not all of it are numbers and arrays of float64."""
    shapes = _shapes(values)
    if not shapes:
        return None
    errors = [np.broadcast_to(np.asarray(one, FLOAT), shape) for one, shape in zip(allowed, shapes, strict=True)]
    return Expected(shapes, np.concatenate(values, axis=None), np.concatenate(errors, axis=None))  # type: ignore[arg-type]


def _shapes(values: Sequence[object]) -> tuple[tuple[int, ...], ...] | None:
    if all(type(value) is float or (type(value) is np.ndarray and value.dtype == FLOAT) for value in values):
        return tuple(() if type(value) is float else value.shape for value in values)  # type: ignore[attr-defined]
    return None
