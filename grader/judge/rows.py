"""Rows: which entries of a wrong array are worth showing, beside the inputs that they came from."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from grader.exercise.compare import Mismatch
from grader.judge.report import Row

SHOWN = 6  # entries up to which an array is shown whole
AROUND = 2  # neighbours shown on each side of the first wrong entry of a longer one


def rows(mismatch: Mismatch, given: object) -> tuple[Row, ...]:
    """Return the entries to show: all of a short array, else the first wrong one and its neighbours."""
    right = mismatch.right
    if right is None:  # and what was returned may be nothing that an array can hold
        return ()
    want, got = np.asarray(mismatch.want), np.asarray(mismatch.have)
    flat = np.flatnonzero(~np.atleast_1d(right).ravel())
    first, size = int(flat[0]), want.size
    window = range(size) if size <= SHOWN else range(max(0, first - AROUND), min(size, first + AROUND + 1))
    inputs = _aligned(given, want.shape)
    return tuple(_row(position, want, got, right, inputs) for position in window)


def _row(
    position: int,
    want: NDArray[np.generic],
    got: NDArray[np.generic],
    right: NDArray[np.bool_],
    inputs: NDArray[np.generic] | None,
) -> Row:
    index = tuple(int(i) for i in np.unravel_index(position, want.shape)) if want.shape else ()
    return Row(
        index=index,
        given=None if inputs is None else float(inputs[index]),
        expected=want[index].item(),
        got=got[index].item(),
        wrong=not bool(right[index]),
    )


def _aligned(given: object, shape: tuple[int, ...]) -> NDArray[np.generic] | None:
    """Return the inputs as an array if they line up with the output entry by entry."""
    if not isinstance(given, (list, np.ndarray)):
        return None
    try:
        inputs = np.asarray(given, dtype=np.float64)
    except (TypeError, ValueError):
        return None
    return inputs if inputs.shape == shape else None
