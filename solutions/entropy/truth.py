"""What is true of the entropy: mpmath at 50 digits, and scipy, which normalises, so that the sum is looked at apart."""

import mpmath
import numpy as np
import scipy.stats
from hypothesis import strategies as st

from grader import call

DIGITS = 50
WEIGHTS = st.one_of(st.floats(0.0, 1.0), st.sampled_from([0.0, 1.0, 1e-12, 1e-200, 5e-324]))
ROWS = st.lists(WEIGHTS, min_size=1, max_size=8).filter(lambda row: sum(row) > 1e-150)
INPUTS = st.builds(lambda row: call("entropy", (np.array(row) / np.sum(row)).tolist()), ROWS)


def faults(function, p, axis=-1):
    """Yield where an entropy differs from the truth, or from scipy's."""
    got = np.asarray(function(p, axis=axis))
    p = np.asarray(p, dtype=np.float64)
    rows = np.moveaxis(p, axis, -1).reshape(-1, p.shape[axis])
    exact = np.reshape([_exact_row(row) for row in rows], got.shape)
    if (np.abs(got - exact) > 1e-13 * np.maximum(1.0, exact)).any():
        yield f"mpmath gives {exact!r}, the reference {got!r}"
    total = p.sum(axis=axis)
    if (np.abs(total - 1) > 1e-9).any():
        yield f"a row sums to {total!r} and was answered"
    peer = total * (scipy.stats.entropy(p, axis=axis) - np.log(total))  # H(p / s) is H(p) / s + log s
    if (np.abs(got - peer) > 1e-12 * np.maximum(1.0, peer)).any():
        yield f"scipy gives {peer!r}, the reference {got!r}"


def _exact_row(row):
    with mpmath.workdps(DIGITS):
        return float(mpmath.fsum(-mpmath.mpf(x) * mpmath.log(x) for x in row.tolist() if x > 0))
