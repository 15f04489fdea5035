"""The largest temperature of a fixed grid that works is returned."""

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
    taus = np.logspace(-3, 3, 20001)
    with np.errstate(over="ignore"):
        weight = np.exp(-gap / taus[:, np.newaxis])
    far = weight[:, gap > 0].sum(axis=1) / weight.sum(axis=1)
    return float(taus[max(np.count_nonzero(far <= eps) - 1, 0)])
