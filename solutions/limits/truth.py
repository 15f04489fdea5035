"""What is true of the limits: mpmath at 50 digits, and scipy where scipy keeps its digits."""

import itertools

import mpmath
import numpy as np
import scipy.special
from hypothesis import strategies as st

from grader import call

DIGITS = 50
LOGITS = st.one_of(st.floats(-30, 30), st.sampled_from([0.0, 1.0, 1.0 - 1e-9, -np.inf, 1e4]))
ROWS = st.lists(LOGITS, min_size=1, max_size=8).filter(lambda row: max(row) > -np.inf)
WHICH = st.sampled_from(["cold", "hot"])
INPUTS = st.one_of(
    st.builds(lambda row: call("limit_cold", row), ROWS),
    st.builds(lambda row: call("limit_hot", row), ROWS),
    st.builds(lambda row, tau, which: call("close_to_limit", row, tau, which), ROWS, st.floats(0.05, 1e9), WHICH),
)


def faults(function, z, tau=None, which=None):
    """Yield where an answer differs from the truth, or from scipy by more than scipy's own rounding."""
    z = np.asarray(z, dtype=np.float64)
    if tau is None:
        yield from _of_limit(function, z, "cold" if function.__name__ == "limit_cold" else "hot")
        return
    got = function(z, tau, which)
    exact = float(_exact_distance(z, tau, which))
    if abs(got - exact) > 1e-11 * exact + 1e-320:
        yield f"mpmath gives {exact!r}, the reference {got!r}"
    with np.errstate(all="ignore"):
        peer = np.abs(scipy.special.softmax(z / tau) - _limit(z, which)).sum() / 2
        loss = 1e-14 + 8 * np.finfo(float).eps * np.abs(np.where(np.isfinite(z), z, 0)).max() / tau
    if np.isfinite(peer) and abs(got - peer) > z.size * loss:
        yield f"scipy gives {peer!r}, the reference {got!r}"


def _of_limit(function, z, which):
    """Compare a limit with a softmax at a temperature that is extreme enough for this very row."""
    got = function(z)
    if got.dtype != np.float64 or np.abs(got - _limit(z, which)).max() > 1e-15:
        yield f"the limit is {_limit(z, which)!r}, the reference {got!r}"
    different = np.unique(z[np.isfinite(z)])
    if different.size > 1:
        with mpmath.workdps(DIGITS):
            steps = [mpmath.mpf(b) - mpmath.mpf(a) for a, b in itertools.pairwise(different)]
            tau = steps[-1] / 100 if which == "cold" else mpmath.fsum(steps) * mpmath.mpf(10) ** 20
            if _exact_distance(z, tau, which) > mpmath.mpf(10) ** -15:
                yield f"at tau = {tau} the softmax is not near that limit"


def _limit(z, which):
    chosen = [logit == max(z) if which == "cold" else logit > -np.inf for logit in z]
    return np.array([float(one) / sum(chosen) for one in chosen])


def _exact_distance(z, tau, which):
    with mpmath.workdps(DIGITS):
        peak = mpmath.mpf(float(max(z)))
        exponents = [(mpmath.mpf(float(logit)) - peak) / mpmath.mpf(tau) for logit in z if logit > -np.inf]
        if which == "cold":
            leak = mpmath.fsum(mpmath.exp(x) for x in exponents if x < 0)
            return leak / (exponents.count(0) + leak)
        changes = [mpmath.expm1(x) for x in exponents]  # of each weight from 1
        total, mean = mpmath.fsum(map(mpmath.exp, exponents)), mpmath.fsum(changes) / len(changes)
        return mpmath.fsum(abs(change - mean) for change in changes) / (2 * total)
