"""What is true of cold certificates: distances at 50 digits, on both sides of a claim and of every threshold."""

import mpmath
import numpy as np
from hypothesis import strategies as st

from grader import call

from .hidden import cold_threshold
from .public import ORDINARY, TIED, TRUE_ORDINARY, TRUE_TIED

DIGITS = 50
NEAR = mpmath.mpf(10) ** -11
PROVED = 50, 1e-3  # tokens and eps up to which half of the threshold is always reached
DECLARED = {
    probe.call.text: true
    for group, trues in ((ORDINARY, TRUE_ORDINARY), (TIED, TRUE_TIED))
    for probe, true in zip(group, trues, strict=True)
}
PLAIN = st.floats(-30, 30).map(lambda logit: round(logit, 9))  # else a gap may be so small that no float is below it
LOGITS = st.one_of(PLAIN, st.sampled_from([0.0, 1.0, 1.0 - 1e-9, -np.inf, 1e4]))
ROWS = st.lists(LOGITS, min_size=1, max_size=12).filter(lambda row: max(row) > -np.inf)
INPUTS = st.builds(lambda row, eps: call("cold_certificate", row, eps), ROWS, st.floats(1e-12, 0.4))


def faults(function, z, eps):
    """Yield where a claim does not hold, is too small, or where the threshold of scipy's brentq is not the true one."""
    claim = function(z, eps)
    z = np.asarray(z, dtype=np.float64)
    count, ties = np.isfinite(z).sum(), np.count_nonzero(z == z.max())
    hot = (count - ties) / count
    if claim == np.inf:
        if not eps >= hot:
            yield f"inf is claimed, but the distance grows to {hot}"
        return
    if _distance(z, claim * (1 - NEAR)) > eps:
        yield f"at the claim {claim!r} mpmath gives the distance {_distance(z, claim)}"
    if eps > hot * (1 - 1e-9):  # nearer to it the threshold has few right digits
        return
    true = cold_threshold(z, eps)
    if not _distance(z, true * (1 - NEAR)) <= eps <= _distance(z, true * (1 + NEAR)):
        yield f"scipy gives the threshold {true!r}, which mpmath refutes"
    if (count <= PROVED[0] and eps <= PROVED[1]) and claim < 0.5 * true:
        yield f"the claim {claim!r} is less than half of {true!r}"
    declared = DECLARED.get(call("cold_certificate", z, eps).text, true)
    if abs(declared - true) > 1e-11 * true:
        yield f"public.py declares the threshold {declared!r}; it is {true!r}"


def _distance(z, tau):
    with mpmath.workdps(DIGITS):
        peak, tau = mpmath.mpf(float(z.max())), mpmath.mpf(tau)
        exponents = [(mpmath.mpf(float(logit)) - peak) / tau for logit in z if logit > -np.inf]
        leak = mpmath.fsum(mpmath.exp(x) for x in exponents if x < 0)
        return leak / (exponents.count(0) + leak)
