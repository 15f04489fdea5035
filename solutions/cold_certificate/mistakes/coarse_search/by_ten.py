"""From ten times the gap on, the temperature is divided by 10 until it works."""

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
    tau = 10 * gap[gap > 0].min()
    while (lambda weight: weight[gap > 0].sum() / weight.sum())(np.exp(-gap / tau)) > eps:
        tau /= 10
    return float(tau)
