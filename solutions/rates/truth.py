"""What is true of the rates: slopes and constants at temperatures so extreme that 50 digits see no other term."""

import mpmath
import numpy as np
from hypothesis import strategies as st

from grader import call

DIGITS = 50
ALLOWED = 0.01  # as the checks allow
HOT = 10**20, 10**22  # tau in units of the spread: the next term is 1e-20 of the first
COLD = 10**5, 2 * 10**5  # gap / tau: a level that lies a tenth of the gap deeper has 1e-4342 of the weight
STEPS = st.tuples(st.floats(0.5, 1.5), st.lists(st.floats(0.3, 3.0), max_size=5))
COUNTS = st.lists(st.integers(1, 4), min_size=7, max_size=7)


def _row(steps, counts, exponent, masks):
    levels = -np.cumsum([0.0, steps[0], *steps[1]]) * 10.0**exponent
    return [float(logit) for logit in np.repeat(levels, counts[: len(levels)])] + [-np.inf] * masks


ROWS = st.builds(_row, STEPS, COUNTS, st.integers(-6, 6), st.integers(0, 3))
INPUTS = st.builds(lambda row: call("rates", row), ROWS)


def faults(function, z):
    """Yield each number that is not the one measured with 50 digits."""
    found, true = function(z), _measured(np.asarray(z, dtype=np.float64))
    if list(found) != list(true):
        yield f"its keys are {list(found)}"
    for name, number in true.items():
        error = abs(found[name] - number) / (1 if name == "cold_const" else abs(number))
        if not error <= ALLOWED:
            yield f"{name} is {found[name]!r}; mpmath measures {mpmath.nstr(number, 17)}"


def _measured(z):
    with mpmath.workdps(DIGITS):
        row = [mpmath.mpf(float(logit)) for logit in z if logit > -np.inf]
        peak = max(row)
        gap, spread = min(peak - logit for logit in row if logit < peak), peak - min(row)
        hot = [(mpmath.log(tau * spread), mpmath.log(_hot(row, tau * spread))) for tau in HOT]
        cold = [(x / gap, _cold(row, gap / x)) for x in COLD]
        hot_slope = (hot[1][1] - hot[0][1]) / (hot[1][0] - hot[0][0])
        cold_slope = (cold[1][1] - cold[0][1]) / (cold[1][0] - cold[0][0])
        return {
            "hot_slope": hot_slope,
            "hot_const": HOT[1] * spread * _hot(row, HOT[1] * spread),
            "cold_slope": cold_slope,
            "cold_const": cold[0][1] - cold_slope * cold[0][0],
            "gap": gap,
        }


def _hot(row, tau):
    weight = [mpmath.exp(logit / tau) for logit in row]
    total, share = mpmath.fsum(weight), mpmath.mpf(1) / len(row)
    return max(abs(one / total - share) for one in weight)


def _cold(row, tau):
    """Return the logarithm of the distance: mpmath's exponents have no end, so exp(-200000) is a number."""
    peak = max(row)
    weight = [mpmath.exp((logit - peak) / tau) for logit in row]
    leak = mpmath.fsum(one for one, logit in zip(weight, row, strict=True) if logit < peak)
    return mpmath.log(leak / mpmath.fsum(weight))
