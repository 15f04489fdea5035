"""The comparisons that all rivals make, on the generated cases: the same as ours, as plain test code."""

# ruff: noqa: ANN001, ANN201 - plain test code, as the rivals' users write it

import contextlib
import copy
import os

import numpy as np
from cases import CASES


class Wrong(AssertionError):
    """A case whose answer is not as it must be."""


def tests():
    """Return the name and the cases of every test: one a case, or one a group."""
    if os.environ.get("TESTS_BY") == "case":
        return [(f"{group}[{at}]", [case]) for group, cases in CASES.items() for at, case in enumerate(cases)]
    return list(CASES.items())


def check(function, cases):
    """Make the calls of one test; the first one that is wrong raises."""
    for kind, args, kwargs, want, allowed in cases:
        CHECKS[kind](function, args, kwargs, want, allowed)


def agrees(function, args, kwargs, want, allowed):
    """Expect the reference's array: type, shape, dtype, then each entry."""
    got = function(*args, **kwargs)
    if type(got) is not np.ndarray or got.shape != want.shape or got.dtype != want.dtype:
        raise Wrong(f"expected {want!r}, got {got!r}")
    with np.errstate(all="ignore"):
        near = np.abs(got - want) <= allowed
        if not near.all() and not (near | (got == want) | (np.isnan(got) & np.isnan(want))).all():
            raise Wrong(f"expected {want!r}, got {got!r}")


def refuses(function, args, kwargs, _want, _allowed):
    """Expect a ValueError."""
    try:
        got = function(*args, **kwargs)
    except ValueError:
        return
    raise Wrong(f"expected ValueError, got {got!r}")


def keeps(function, args, kwargs, _want, _allowed):
    """Expect that the arguments are left as they were, whatever comes back."""
    before = copy.deepcopy((args, kwargs))
    with contextlib.suppress(Exception):  # only the arguments are looked at
        function(*args, **kwargs)
    np.testing.assert_equal((args, kwargs), before)


CHECKS = {"agrees": agrees, "refuses": refuses, "keeps": keeps}
