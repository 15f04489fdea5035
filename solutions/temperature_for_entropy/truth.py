"""What is true of a temperature for an entropy: the entropy it reaches, at 50 digits, in scipy, and beside it."""

import mpmath
import numpy as np
from hypothesis import assume
from hypothesis import strategies as st
from scipy import optimize, special, stats

from grader import call

from .public import reached

DIGITS = 50
NEAR = 1e-12  # a hundredth of what the grader allows
PLAIN = st.floats(-30, 30).map(lambda logit: round(logit, 9))  # else the answer may be too small to have 12 digits
LOGITS = st.one_of(PLAIN, st.sampled_from([0.0, 1.0, 1.0 - 1e-9, -np.inf, 1e4]))
ROWS = st.lists(LOGITS, min_size=2, max_size=12)
SHARES = st.one_of(st.floats(1e-6, 1 - 1e-6), st.sampled_from([1e-6, 0.5, 1 - 1e-6]))


@st.composite
def inputs(draw):
    """Return a call with an entropy between log(m) and log(n)."""
    row = draw(ROWS)
    unmasked = [logit for logit in row if logit > -np.inf]
    assume(len(set(unmasked)) > 1)
    low, high = np.log(unmasked.count(max(unmasked))), np.log(len(unmasked))
    h = float(low + draw(SHARES) * (high - low))
    assume(low < h < high)
    return call("temperature_for_entropy", row, h)


INPUTS = inputs()


def faults(function, z, h):
    """Yield where the entropy is not reached, where the grader would not see it, or where scipy finds another one."""
    tau = function(z, h)
    z = np.asarray(z, dtype=np.float64)
    if not 0 < tau < np.inf:
        yield f"{tau!r} is no temperature"
        return
    exact = _entropy(z, tau)
    if abs(exact - h) > NEAR:
        yield f"at {tau!r} mpmath gives the entropy {exact}, not {h!r}"
    seen = reached(z.max() - z[z > -np.inf], tau)
    if abs(exact - seen) > NEAR:
        yield f"at {tau!r} the grader takes {seen!r} for the entropy, mpmath gives {exact}"
    x = (z[z > -np.inf] - z.max()) / tau
    if abs(stats.entropy(special.softmax(x)) - h) > NEAR:
        yield f"at {tau!r} scipy gives the entropy {stats.entropy(special.softmax(x))!r}, not {h!r}"
    other = optimize.toms748(lambda u: special.entr(special.softmax(x * np.exp(-u))).sum() - h, -2.0, 2.0, xtol=1e-15)
    if abs(_entropy(z, tau * np.exp(other)) - exact) > NEAR:
        yield f"scipy finds {float(tau * np.exp(other))!r}, where the entropy is another one than at {tau!r}"


def _entropy(z, tau):
    with mpmath.workdps(DIGITS):
        peak, tau = mpmath.mpf(float(z.max())), mpmath.mpf(float(tau))
        exponents = [(mpmath.mpf(float(logit)) - peak) / tau for logit in z if logit > -np.inf]
        weights = [mpmath.exp(x) for x in exponents]
        total = mpmath.fsum(weights)
        return mpmath.log(total) - mpmath.fsum(w * x for w, x in zip(weights, exponents, strict=True)) / total
