"""The claim is divided by 4."""

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
    return float(gap[gap > 0].min() / np.log(rest * (1 - eps) / (ties * eps)) / 4)
