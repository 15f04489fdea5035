"""What is true of the slope of an entropy: mpmath at 50 digits, a weighted variance and a derivative of scipy."""

from decimal import Decimal

import mpmath
import numpy as np
from hypothesis import strategies as st
from scipy import differentiate, special, stats

from grader import call

from .hidden import slope
from .public import (
    BOUNDED,
    COLD,
    HOT,
    KINDS,
    OFFSET,
    ORDINARY,
    RISING,
    SCALED,
    TIED,
    TRUE_BOUNDED,
    TRUE_COLD,
    TRUE_HOT,
    TRUE_KINDS,
    TRUE_OFFSET,
    TRUE_ORDINARY,
    TRUE_RISING,
    TRUE_SCALED,
    TRUE_TIED,
)

DIGITS = 50
EPS = np.finfo(np.float64).eps
LEAST = 5e-324  # a slope below the smallest float has no float but 0
SMALL = 1e-311  # what one step of the smallest float in a probability is in the slope: (z - mean)^2 / tau^3 of it
DECLARED = {
    probe.call.text: true
    for group, trues in (
        (ORDINARY, TRUE_ORDINARY),
        (TIED, TRUE_TIED),
        (HOT, TRUE_HOT),
        (OFFSET, TRUE_OFFSET),
        (COLD, TRUE_COLD),
        (BOUNDED, TRUE_BOUNDED),
        (SCALED, TRUE_SCALED),
        (RISING, TRUE_RISING),
        (KINDS, TRUE_KINDS),
    )
    for probe, true in zip(group, trues, strict=True)
}
LOGITS = st.one_of(st.floats(-30, 30), st.sampled_from([0.0, 1.0, 1.0 - 1e-9, -np.inf, 1e4]))
ROWS = st.lists(LOGITS, min_size=1, max_size=12).filter(lambda row: max(row) > -np.inf)
INPUTS = st.builds(lambda row, tau: call("entropy_slope", row, tau), ROWS, st.floats(0.05, 1e3))


def faults(function, z, tau):
    """Yield where the slope is off, the bound does not hold or is large, or scipy sees another slope."""
    value, bound = function(z, tau)
    z = np.asarray(z, dtype=np.float64)
    exact = _exact(z, tau)
    if abs(value - exact) > 1e-12 * exact + SMALL:
        yield f"mpmath gives the slope {exact}, the reference {value!r}"
    if abs(value - exact) > bound + LEAST:
        yield f"the bound {bound!r} does not hold: {value!r} is off by {abs(value - exact)}"
    if bound > 1e-6 * max(1.0, value) + 3e-10 * np.abs(z[z > -np.inf]).max() / tau**2:
        yield f"the bound {bound!r} is too large for the slope {value!r}"
    known = DECLARED.get(call("entropy_slope", z, tau).text, slope(z, tau))
    if abs(_number(known) - exact) > mpmath.mpf(10) ** -28 * exact:
        yield f"the grader takes {known} for the truth, mpmath gives {exact}"
    yield from _unlike_scipy(z[z > -np.inf], tau, value)


def _unlike_scipy(z, tau, value):
    """Compare with the variance of a distribution of scipy, and with its derivative of the entropy."""
    x = (z - z.max()) / tau
    q = special.softmax(x)
    levels, place = np.unique(x, return_inverse=True)
    variance = stats.rv_discrete(values=(levels, np.bincount(place, q))).var()
    # scipy takes E[x^2] - E[x]^2, which is right to a few EPS E[x^2]
    if abs(variance / tau - value) > 64 * EPS * (1 + q @ x**2) / tau:
        yield f"the variance of scipy gives {float(variance / tau)!r}, the reference {value!r}"

    def entropy(t):
        return special.entr(special.softmax(np.multiply.outer(1 / t, x * tau), axis=-1)).sum(axis=-1)

    found = differentiate.derivative(entropy, tau, initial_step=0.02 * tau, maxiter=12)
    # the entropy is right to 4 EPS log V, and the smallest step that is tried is 0.02 / 2**11 of tau
    if found.success and abs(found.df - value) > 1e-7 * value + found.error + 2e5 * EPS * (1 + np.log(z.size)) / tau:
        yield f"scipy.differentiate gives {float(found.df)!r}, the reference {value!r}"


def _exact(z, tau):
    with mpmath.workdps(DIGITS):
        tau = mpmath.mpf(float(tau))
        x = [(mpmath.mpf(float(logit)) - mpmath.mpf(float(z.max()))) / tau for logit in z if logit > -np.inf]
        weights = [mpmath.exp(exponent) for exponent in x]
        total = mpmath.fsum(weights)
        mean = mpmath.fsum(w * a for w, a in zip(weights, x, strict=True)) / total
        return mpmath.fsum(w * (a - mean) ** 2 for w, a in zip(weights, x, strict=True)) / total / tau


def _number(known):
    """Return a decimal number as one of mpmath."""
    with mpmath.workdps(DIGITS):
        return mpmath.mpf(str(Decimal(known)))
