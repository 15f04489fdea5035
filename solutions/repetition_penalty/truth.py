"""What is true of the penalty: mpmath at 50 digits, and two laws that a formula cannot fake."""

import mpmath
import numpy as np
from hypothesis import strategies as st

from grader import call

DIGITS = 50
LAST = 2.0**-53  # half of a last digit, relative
LOGITS = st.one_of(st.floats(-50, 50), st.sampled_from([0.0, -0.0, 1.0, -1.0, -np.inf, 1e-300, -1e300]))
ROWS = st.lists(LOGITS, min_size=1, max_size=8).filter(lambda row: max(row) > -np.inf)
CASES = ROWS.flatmap(
    lambda row: st.tuples(st.just(row), st.lists(st.integers(0, len(row) - 1), max_size=9), st.floats(0.05, 20.0))
)
INPUTS = st.builds(lambda case: call("repetition_penalty", *case), CASES)


def faults(function, z, used, rho):
    """Yield where a penalised logit differs from the truth, or where the penalty does not go the right way."""
    got = function(z, used, rho)
    z = np.asarray(z, dtype=np.float64)
    used = {int(token) for token in used}
    if got.dtype != np.float64 or got.shape != z.shape:
        yield f"the result is {got!r}"
    for token, (before, after) in enumerate(zip(z.tolist(), got.tolist(), strict=True)):
        exact = _exact(before, rho) if token in used else before
        if not (after == exact or abs(after - exact) <= LAST * abs(exact) + 5e-324):
            yield f"token {token} goes from {before!r} to {after!r}; mpmath gives {exact!r}"
        if token in used and rho > 1 and after > before:
            yield f"token {token} rises from {before!r} to {after!r}"
    with np.errstate(all="ignore"):
        late = np.asarray(function(z / 4.0, sorted(used), rho)) * 4.0  # exact, but for subnormals
    close = np.isclose(late, got, rtol=1e-15, atol=1e-300) | (late == got)
    if not close.all():
        yield f"after tau = 4 it gives {late!r}, before it {got!r}"


def _exact(logit, rho):
    """Return the penalised logit."""
    with mpmath.workdps(DIGITS):
        return float(mpmath.mpf(logit) / rho if logit > 0 else mpmath.mpf(logit) * rho)
