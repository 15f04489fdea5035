"""Probes: the declared inputs of an exercise, simplest first, in named groups.

Every probe of a submission is asked in one request, so a check reads answers instead of waiting
for them; and because the inputs are declared, the answers of the reference and of every known
wrong answer can be recorded and compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.exercise.call import Call

Tolerance = Callable[[Call, NDArray[np.float64]], NDArray[np.float64]]
Observe = Callable[[Call, Any], object]


def close(_call: Call, expected: NDArray[np.float64]) -> NDArray[np.float64]:
    """Allow an error of 1e-12, absolute for numbers up to 1 and relative above.

    float64 carries 2.2e-16 of relative error per operation, so 1e-12 leaves room for thousands of them.
    """
    return 1e-12 * np.maximum(1.0, np.abs(expected))


@dataclass(frozen=True, slots=True, eq=False)
class Probe:
    """One declared call: ``name`` is ``group[index]``, unique in its exercise."""

    group: str
    index: int
    call: Call
    name: str = field(init=False)  # the key under which answers are recorded

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", f"{self.group}[{self.index}]")


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """Probes that belong together, with the error that is allowed and what is observed of them."""

    name: str
    probes: tuple[Probe, ...]
    tolerance: Tolerance
    observes_arguments: bool
    observe: Observe | None = None

    def __iter__(self) -> Iterator[Probe]:
        return iter(self.probes)

    def __len__(self) -> int:
        return len(self.probes)


def tolerated(group: Group, probe: Probe, want: object) -> object:
    """Return the error allowed of an expected value: 0 for what is no number, a function for what holds several."""
    if isinstance(want, (dict, list, tuple)):
        return lambda inner: tolerated(group, probe, inner)
    inexact = isinstance(want, (np.ndarray, float)) and np.asarray(want).dtype.kind == "f"
    return group.tolerance(probe.call, np.asarray(want)) if inexact else 0.0


def probes(
    name: str,
    calls: Sequence[Call],
    *,
    tolerance: Tolerance = close,
    observes_arguments: bool = False,
    observe: Observe | None = None,
) -> Group:
    """Declare a group of probes, simplest first.

    Parameters
    ----------
    name : str
        Unique in the exercise.
    calls : sequence of Call
        In the order in which a failing one should be chosen as the example.
    tolerance : callable
        Maps a call and its expected values to the largest allowed absolute error, entry by entry.
    observes_arguments : bool
        Whether changed arguments are part of what is compared.
    observe : callable, optional
        Maps a call and the value that came back to what is compared when a wrong answer is named, where right
        values are many: the frequencies of draws, the series of a figure, the factor by which a bound is missed.
    """
    members = tuple(Probe(name, index, item) for index, item in enumerate(calls))
    return Group(name, members, tolerance, observes_arguments, observe)
