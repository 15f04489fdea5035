"""What is true of a witness: three entropies at 50 digits, with the rounding to float16 done by hand."""

import mpmath
import numpy as np
import scipy.special
import scipy.stats
from hypothesis import strategies as st

from grader import call

from .public import ASKED, computed

DIGITS = 50
SPACING, SMALLEST = 11, -24  # float16 has 11 digits in base 2, and no power of 2 below 2 ** -24
INPUTS = st.just(call("precision_witness"))


def faults(function):
    """Yield where the witness is none, or where the grader's numbers are not the true ones."""
    z = function()
    with mpmath.workdps(DIGITS):
        logits = [mpmath.mpf(float(logit)) for logit in z]
        exact = _entropy(_softmax([logit / 2 for logit in logits]))
        power = _entropy(_shared([mpmath.sqrt(p) for p in _softmax(logits)]))
        half = _entropy(_shared([mpmath.sqrt(_rounded(p)) for p in _softmax(logits)]))
    if abs(exact - power) > mpmath.mpf(10) ** -45:
        yield f"the two ways are not one function: {exact}, {power}"
    if abs(exact - half) <= ASKED:
        yield f"in float16 the power form is off by {float(abs(exact - half))!r} only"
    seen = computed(np.asarray(z, dtype=np.float64))
    for name, true in (("exact", exact), ("half", half), ("off", abs(exact - half))):
        if abs(seen[name] - true) > 1e-12:
            yield f"{name}: mpmath gives {float(true)!r}, the grader {seen[name]!r}"
    peer = scipy.stats.entropy(scipy.special.softmax(np.asarray(z) / 2))
    if abs(peer - seen["exact"]) > 1e-12:
        yield f"scipy gives the entropy {peer!r}"


def _rounded(p):
    """Return a probability as float16 has it, ties to even."""
    exponent = max(int(mpmath.floor(mpmath.log(p, 2))) - SPACING + 1, SMALLEST)
    return mpmath.nint(p * mpmath.mpf(2) ** -exponent) * mpmath.mpf(2) ** exponent


def _softmax(x):
    peak = max(x)
    return _shared([mpmath.exp(value - peak) for value in x])


def _shared(weights):
    total = mpmath.fsum(weights)
    return [weight / total for weight in weights]


def _entropy(p):
    return -mpmath.fsum(share * mpmath.log(share) for share in p if share > 0)
