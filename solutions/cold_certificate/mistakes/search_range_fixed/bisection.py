"""The search begins between 1e-3 and 1e3, whatever the logits are."""

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
        return weight[gap > 0].sum() / weight.sum()

    low, high = 1e-3, 1e3
    for _ in range(200):
        middle = np.sqrt(low * high)
        if distance(middle) <= eps:
            low = middle
        else:
            high = middle
    return float(low)
