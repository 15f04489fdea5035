"""What is true of a fit: mpmath at 50 digits on both sides of T, the side of 1, and the least loss by scipy."""

import mpmath
import numpy as np
from hypothesis import strategies as st
from scipy import optimize, special

from grader import call

DIGITS = 50
NEAR = mpmath.mpf(10) ** -10
STEEP = 1e-4  # of the curvature of the loss in log T beside the loss itself: then scipy's lowest loss is right to 1e-5
TENTHS = st.integers(-80, 80).map(lambda n: n / 10)  # so that no root is lost in the rounding of the slope
ROWS = st.integers(2, 4).flatmap(
    lambda tokens: st.lists(
        st.tuples(st.lists(TENTHS, min_size=tokens, max_size=tokens), st.integers(0, tokens - 1)),
        min_size=1,
        max_size=6,
    )
)
INPUTS = st.builds(lambda rows: call("fit_temperature", [z for z, _ in rows], [y for _, y in rows]), ROWS)


def faults(function, logits, labels):
    """Yield where a temperature is not the best one, or the verdict is not the sign at T = 1."""
    z, y = np.asarray(logits, dtype=np.float64), np.asarray(labels, dtype=np.int64)
    spread = float((z.max(axis=1) - z.min(axis=1)).max())
    try:
        found, verdict = function(logits, labels)
    except ValueError:
        cold, hot = z.max(axis=1), z.mean(axis=1)
        given = z[np.arange(y.size), y]
        if (given != cold).any() and hot.mean() < given.mean() - 1e-9 * max(spread, np.abs(z).max()):
            yield "it is refused, but the slope of the loss changes its sign"
        return
    if not _slope(z, y, found * (1 + NEAR)) < 0 < _slope(z, y, found * (1 - NEAR)):
        yield f"the loss is not least at {found!r}"
    start = _slope(z, y, 1.0)
    if (verdict == "calibrated") != (abs(start) <= 1e-9 * spread) and abs(abs(start) / spread - 1e-9) > 1e-12:
        yield f"the slope at 1 is {start}, and the verdict {verdict}"
    if verdict != "calibrated" and (verdict == "over") != (start > 0):
        yield f"the slope at 1 is {start}, and the verdict {verdict}"
    if abs(start) > 1e-6 * spread and (found > 1) != (start > 0):
        yield f"the slope at 1 is {start}, and T is {found!r}"
    yield from _by_scipy(z, y, found)


def _by_scipy(z, y, found):
    def loss(step):
        x = z / found * np.exp(-step)
        return float((special.logsumexp(x, axis=1) - x[np.arange(y.size), y]).mean())

    curvature = loss(0.01) - 2 * loss(0.0) + loss(-0.01)
    if curvature < STEEP * 1e-4 * loss(0.0):
        return
    peer = optimize.minimize_scalar(loss, bounds=(-0.5, 0.6), method="bounded", options={"xatol": 1e-9}).x
    if abs(peer) > 1e-5:
        yield f"scipy finds the least loss at {found * np.exp(peer)!r}, the reference at {found!r}"


def _slope(z, y, temperature):
    """Return the mean of E_q[z] - z_label, which falls as the temperature grows."""
    with mpmath.workdps(DIGITS):
        return mpmath.fsum(_surplus(row, label, temperature) for row, label in zip(z, y, strict=True)) / len(y)


def _surplus(row, label, temperature):
    """Return E_q[z] - z_label of one row."""
    logits = [mpmath.mpf(float(logit)) for logit in row]
    peak = max(logits)
    weights = [mpmath.exp((logit - peak) / temperature) for logit in logits]
    mean = mpmath.fsum(w * x for w, x in zip(weights, logits, strict=True)) / mpmath.fsum(weights)
    return mean - logits[label]
