"""The largest and the smallest probability are compared with 1 / V."""

import numpy as np


def hot_certificate(z, eps):
    z = np.asarray(z, dtype=np.float64)
    if z.ndim != 1 or z.size == 0 or not np.isfinite(z.max()):
        raise ValueError("z must be one row of logits, finite or -inf, and not all -inf")
    if not eps > 0:
        raise ValueError("eps must be greater than 0")
    kept = z[z > -np.inf]
    ties = np.count_nonzero(kept == kept.max())
    if ties == kept.size or eps >= max(1 / ties - 1 / kept.size, 1 / kept.size):
        return 0.0

    def distance(tau):
        weight = np.exp((kept - kept.max()) / tau)
        q = weight / weight.sum()
        return max(q.max() - 1 / kept.size, 1 / kept.size - q.min())

    low, high = np.ptp(kept) / 1e3, np.ptp(kept) * 1e13
    for _ in range(200):
        middle = np.sqrt(low * high)
        if distance(middle) <= eps:
            high = middle
        else:
            low = middle
    return float(high)
