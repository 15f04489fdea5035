"""What is true of hot certificates: differences at 50 digits, on both sides of a claim and of every threshold."""

import mpmath
import numpy as np
from hypothesis import strategies as st

from grader import call

from .hidden import hot_threshold
from .public import CLAIMS, MASKED, ORDINARY, TRUE_MASKED, TRUE_ORDINARY

DIGITS = 50
NEAR = mpmath.mpf(10) ** -11
# V times the difference is at least tanh(D / (2 tau)), so the true D / tau is at most 2 artanh(V eps). That is at most
# 3 log(1 + V eps) for V eps up to 0.6: so far three times the threshold suffices for any row.
PROVED = 0.6
DECLARED = {
    probe.call.text: true
    for group, trues in ((ORDINARY, TRUE_ORDINARY), (MASKED, TRUE_MASKED))
    for probe, true in zip(group, trues, strict=True)
}
PLAIN = st.floats(-30, 30).map(lambda logit: round(logit, 9))
LOGITS = st.one_of(PLAIN, st.sampled_from([0.0, 1.0, 1.0 - 1e-9, -np.inf, 1e4]))
ROWS = st.lists(LOGITS, min_size=1, max_size=12).filter(lambda row: max(row) > -np.inf)
EPS = st.one_of(st.floats(1e-10, 1e-2), st.floats(1e-2, 1.2))
INPUTS = st.builds(lambda row, eps: call("hot_certificate", row, eps), ROWS, EPS)


def faults(function, z, eps):
    """Yield where a claim does not hold, is too large, or where the threshold of scipy's brentq is not the true one."""
    claim = function(z, eps)
    z = np.asarray(z, dtype=np.float64)
    count, ties = np.isfinite(z).sum(), np.count_nonzero(z == z.max())
    cold = max(1 / ties - 1 / count, 1 / count) if ties < count else 0.0
    if (claim == 0) != (eps >= cold):
        yield f"{claim!r} is claimed, but the difference grows to {cold} as tau tends to 0"
    if claim == 0 or eps > cold * (1 - 1e-9):  # nearer to it the threshold has few right digits
        return
    true = hot_threshold(z, eps)
    if not _difference(z, true * (1 + NEAR)) <= eps <= _difference(z, true * (1 - NEAR)):
        yield f"scipy gives the threshold {true!r}, which mpmath refutes"
    if _difference(z, claim * (1 + NEAR)) > eps:
        yield f"at the claim {claim!r} mpmath gives the difference {_difference(z, claim)}"
    if count * eps <= PROVED and claim > 3 * true:
        yield f"the claim {claim!r} is more than three times {true!r}"
    declared = DECLARED.get(call("hot_certificate", z, eps).text, true)
    if abs(declared - true) > 1e-11 * true:
        yield f"public.py declares the threshold {declared!r}; it is {true!r}"
    attacked = CLAIMS.distance(z, np.array([claim]))[0]
    if abs(attacked - _difference(z, claim)) > 1e-11 * _difference(z, claim):
        yield f"public.py gives the difference {attacked} at {claim!r}"


def _difference(z, tau):
    with mpmath.workdps(DIGITS):
        tau = mpmath.mpf(tau)
        weight = [mpmath.exp(mpmath.mpf(float(logit)) / tau) for logit in z if logit > -np.inf]
        total = mpmath.fsum(weight)
        return max(abs(one / total - mpmath.mpf(1) / len(weight)) for one in weight)
