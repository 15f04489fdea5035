"""The largest difference of one probability is held to eps, by bisection."""

import numpy as np


def cold_certificate(z, eps):
    z = np.asarray(z, dtype=np.float64)
    if z.ndim != 1 or z.size == 0 or not np.isfinite(z.max()):
        raise ValueError("z must be one row of logits, finite or -inf, and not all -inf")
    if not eps > 0:
        raise ValueError("eps must be greater than 0")
    gap = z.max() - z[z > -np.inf]
    ties = np.count_nonzero(gap == 0)
    rest = gap.size - ties
    if rest * (1 - eps) <= ties * eps:
        return np.inf
    others = gap[gap > 0]

    def apart(x):
        weights = np.exp(-x * others / others.min())
        leak = weights.sum()
        return max(leak / (ties * (ties + leak)), weights.max() / (ties + leak))

    if apart(0.0) <= eps:
        return np.inf
    low, high = 0.0, 1.0
    while apart(high) > eps:
        low, high = high, 2 * high
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if apart(middle) > eps else (low, middle)
    return float(others.min() / high)
