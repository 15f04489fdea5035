"""True values that several exercises share: the law of tokens at a temperature, and the thresholds of certificates.

Read by solution.py, hidden.py and truth.py only; it is never released.
"""

from __future__ import annotations

import functools

import numpy as np
from scipy import optimize, special

from grader import draws


def tempered(z, tau):
    """Return the law of a token at temperature ``tau``: softmax(z / tau) of one row, masks included.

    The largest logit is subtracted first, so that no exponent is above 0 and those of ties are exactly 0.
    """
    z = np.asarray(z, dtype=np.float64)
    return special.softmax((z - z.max()) / tau)


def entropy(q):
    """Return the entropy of a law in nats."""
    return float(special.entr(q).sum())


def cold_threshold(z, eps):
    """Return the largest temperature with a total variation of at most eps to the cold limit.

    With x = d / tau, d the smallest gap, log R falls from log(rest) at x = 0. It lies between log(rest) - x and
    log(rest) - x D / d, D the largest gap. So the root is bracketed, on a log scale as it may be tiny.
    """
    gap = z.max() - z[z > -np.inf]
    ties, others = np.count_nonzero(gap == 0), gap[gap > 0]
    target = np.log(ties * eps / (1 - eps))
    steps = others / others.min()
    fall = np.log(others.size) - target

    def excess(u):
        """Return by how much the logarithm is above its target at x = exp(u)."""
        return special.logsumexp(-steps * np.exp(u)) - target

    low, high = np.log(fall / steps.max()) - 1e-9, np.log(fall) + 1e-9
    return float(others.min() / np.exp(optimize.brentq(excess, low, high, xtol=1e-15, rtol=1e-15)))


def hot_threshold(z, eps):
    """Return the smallest temperature at which every unmasked token is within eps of the uniform share 1 / V.

    With x = D / tau, D the largest gap, the distance grows with x, and at first in proportion: its logarithm is nearly
    a straight line in log x. It is at most (exp(x) - 1) / V, and doubling finds the other end.
    """
    kept = z[z > -np.inf]
    steps = (kept - kept.max()) / np.ptp(kept)

    def excess(u):
        """Return by how much the logarithm of the distance is above that of eps at x = exp(u)."""
        weight = np.expm1(steps * np.exp(u))
        far = np.abs(weight - weight.mean()).max() / (weight.size + weight.sum())
        return np.log(far) - np.log(eps)

    low = np.log(np.log1p(kept.size * eps)) - 1e-9
    high = low + 1
    while excess(high) < 0:
        high += 1
    return float(np.ptp(kept) / np.exp(optimize.brentq(excess, low, high, xtol=1e-15, rtol=1e-15)))


@functools.lru_cache(maxsize=64)  # a student with personal inputs has groups of their own
def thresholds(group, threshold):
    """Return the true thresholds of a group of calls with z and eps, worked out once per run."""
    return [threshold(*probe.call.arguments()[0]) for probe in group]


def row(seed, count, scale=1.0):
    """Return random logits with three digits, so that a case can be read; personal ones, where probes are."""
    return [float(f"{logit:.3g}") for logit in draws(seed).normal(0.0, scale, count)]
