"""What is asked of a student's function: a call with plain arguments.

A call is data, so that the same one can be answered in this process, in a sandboxed child, or
from a recording, and can be shown to a student as Python that runs when it is pasted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from grader.child.builders import Array, Axes, Rng, build
from grader.exercise.python import as_python

__all__ = ["Array", "Axes", "Call", "Rng", "array", "axes", "call", "rng"]


@dataclass(frozen=True, slots=True, eq=False)
class Call:
    """One call of a student's function, compared by identity.

    Parameters
    ----------
    function : str
        The name that the student writes.
    args, kwargs
        Plain values (None, bool, int, float, str, list, tuple, dict, ndarray) or builders.
    shown : str, optional
        Python to show instead of the arguments themselves, for inputs too long to print.
    hidden : bool
        Whether a hidden check computed it: then it may meet no code whose words a student is shown afterwards.
    """

    function: str
    args: tuple[object, ...] = ()
    kwargs: Mapping[str, object] = field(default_factory=dict)
    shown: str | None = None
    hidden: bool = False

    def arguments(self, *, drawing: bool = False) -> tuple[list[object], dict[str, object]]:
        """Return fresh arguments, so that code that changes them harms nobody else.

        Only ``drawing`` makes an Axes: it takes half a second to load matplotlib, and most look at the numbers only.
        """
        positional = [build(value, drawing=drawing) for value in self.args]
        return positional, {name: build(value, drawing=drawing) for name, value in self.kwargs.items()}

    @property
    def draws(self) -> bool:
        """Whether it is given an Axes, so that a drawing is its answer."""
        return any(isinstance(value, Axes) for value in (*self.args, *self.kwargs.values()))

    @property
    def text(self) -> str:
        """The call as one line of Python."""
        if self.shown is not None:
            return f"{self.function}({self.shown})"
        given = [as_python(a) for a in self.args]
        given += [f"{name}={as_python(value)}" for name, value in self.kwargs.items()]
        return f"{self.function}({', '.join(given)})"


def call(function: str, *args: object, shown: str | None = None, **kwargs: object) -> Call:
    """Declare a call: ``call("softmax_temperature", [0.0, 1.0], tau=2.0)``."""
    return Call(function, args, kwargs, shown)


def array(values: object, *, kind: str = "plain", dtype: str = "float64") -> Array:
    """Declare an array to be made on the other side: ``kind`` is plain, strided, readonly or fortran."""
    return Array(values, kind=kind, dtype=dtype)


def rng(seed: int) -> Rng:
    """Declare a ``numpy.random.Generator`` to be made on the other side from ``seed``."""
    return Rng(seed)


def axes() -> Axes:
    """Declare an empty matplotlib ``Axes`` to be made on the other side.

    A call that is given one is answered by a description of what was drawn on it, whatever the function returns:
    see `grader.child.figure.describe`.
    """
    return Axes()
