"""The distance is computed as half the sum of the differences."""

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

    def distance(tau):
        weight = np.exp(-gap / tau)
        return np.abs(weight / weight.sum() - (gap == 0) / ties).sum() / 2

    low, high = gap[gap > 0].min() / 800, gap[gap > 0].min() * 1e4
    for _ in range(200):
        middle = np.sqrt(low * high)
        if distance(middle) <= eps:
            low = middle
        else:
            high = middle
    return float(low)
