"""Arguments that are described on one side and made on the other: special arrays, generators, Axes to draw on.

A described argument is built twice from the same few numbers, in the child for the student and
here for the reference, so both see the same strides, flags and streams of random numbers.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

KINDS = ("plain", "strided", "readonly", "fortran")


@dataclass(frozen=True, slots=True, eq=False)
class Array:
    """An ndarray with a given memory layout."""

    values: object
    kind: str = "plain"
    dtype: str = "float64"


@dataclass(frozen=True, slots=True)
class Rng:
    """A ``numpy.random.Generator`` seeded with ``seed``."""

    seed: int


@dataclass(frozen=True, slots=True)
class Axes:
    """An empty matplotlib ``Axes`` in a figure of its own. A call that is given one is answered by what was drawn."""


def make_array(values: object, kind: str, dtype: str) -> np.ndarray:
    """Return a new array of the given kind."""
    made = np.array(values, dtype=dtype)
    if kind == "strided":
        wide = np.zeros((*made.shape[:-1], 2 * made.shape[-1]), dtype=dtype)
        wide[..., ::2] = made
        made = wide[..., ::2]  # every second entry of a wider buffer: (..., n)
    elif kind == "fortran":
        made = np.asfortranarray(made)
    elif kind == "readonly":
        made.setflags(write=False)
    elif kind != "plain":
        raise ValueError(f"kind is {kind!r}; it must be one of {', '.join(KINDS)}")
    return made


def make_axes() -> Any:  # noqa: ANN401 - matplotlib is loaded only where somebody draws
    """Return a new Axes on the backend that needs no screen; pyplot does not know its figure."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415 - half a second, for few exercises
    from matplotlib.figure import Figure  # noqa: PLC0415 - the same

    figure = Figure()
    FigureCanvasAgg(figure)
    return figure.add_subplot()


def build(value: object, *, drawing: bool = True) -> object:
    """Return a fresh argument: builders are made, containers and arrays are copied.

    Without ``drawing`` the description of an Axes stays what it is, for those who only look at the other arguments.
    """
    if isinstance(value, Array):
        return make_array(value.values, value.kind, value.dtype)
    if isinstance(value, Rng):
        return np.random.default_rng(value.seed)
    if isinstance(value, Axes):
        return make_axes() if drawing else value
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, (list, tuple)):
        return type(value)([item if type(item) is float else build(item, drawing=drawing) for item in value])
    if isinstance(value, dict):
        return {key: build(item, drawing=drawing) for key, item in value.items()}
    return value
