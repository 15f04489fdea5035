"""What is true of softmax with temperature: mpmath at 50 digits, and scipy wherever scipy is finite."""

import mpmath
import numpy as np
import scipy.special
from hypothesis import strategies as st

from grader import call

DIGITS = 50
SMALLEST = 5e-324  # the last subnormal; a probability can be off by a few of them
LOGITS = st.one_of(
    st.floats(-30, 30),
    st.floats(-1.7e308, 1.7e308),
    st.sampled_from([0.0, 1.0, -np.inf, 1e4, 1e4 + 1e-8, -745.0, 5e-324]),
)
TAUS = st.one_of(st.floats(1e-3, 1e3), st.floats(1e-300, 1e300), st.sampled_from([1.0, 2.0, 0.5, np.inf]))
ROWS = st.lists(LOGITS, min_size=1, max_size=8).filter(lambda row: max(row) > -np.inf)
INPUTS = st.builds(lambda row, tau: call("softmax_temperature", row, tau), ROWS, TAUS)


def faults(function, z, tau, axis=-1):
    """Yield where an answer differs from the truth, or from scipy by more than scipy's own rounding."""
    q = function(z, tau, axis=axis)
    z = np.asarray(z, dtype=np.float64)
    taus = np.broadcast_to(np.asarray(tau, dtype=np.float64), z.shape)
    exact = exact_softmax(z, taus, axis)
    wrong = np.abs(q - exact) > 1e-12 * exact + 4 * SMALLEST
    if wrong.any():
        yield f"mpmath gives {exact[wrong][0]!r}, the reference {q[wrong][0]!r}"
    with np.errstate(all="ignore"):
        peer = scipy.special.softmax(z / taus, axis=axis)
        loss = 8 * np.finfo(float).eps * np.abs(np.where(np.isfinite(z), z, 0)).max() / taus
        unlike = np.abs(q - peer) > 1e-12 + loss * np.maximum(q, peer)  # never where the loss is no number
    if np.isfinite(peer).all() and unlike.any():
        yield f"scipy gives {peer!r}, the reference {q!r}"


def exact_softmax(z, taus, axis):
    """Return the probabilities worked out at 50 digits, rounded once."""
    rows = np.moveaxis(z, axis, -1).reshape(-1, z.shape[axis])
    tau_of = np.moveaxis(taus, axis, -1).reshape(rows.shape)[:, 0]
    exact = [_exact_row(row, tau) for row, tau in zip(rows, tau_of, strict=True)]
    return np.moveaxis(np.reshape(exact, np.moveaxis(z, axis, -1).shape), -1, axis)


def _exact_row(row, tau):
    with mpmath.workdps(DIGITS):
        peak = mpmath.mpf(float(max(row)))
        weights = [_weight(entry, peak, tau) for entry in row.tolist()]
        total = mpmath.fsum(weights)
        return [float(weight / total) for weight in weights]


def _weight(entry, peak, tau):
    if entry == -np.inf:
        return mpmath.mpf(0)
    return mpmath.mpf(1) if tau == np.inf else mpmath.exp((mpmath.mpf(entry) - peak) / mpmath.mpf(float(tau)))
