"""The best temperature of a grid."""

import numpy as np


def temperature_for_entropy(z, h):
    z = np.asarray(z, dtype=np.float64)
    if z.ndim != 1 or z.size == 0 or not np.isfinite(z.max()):
        raise ValueError("z must be one row of logits, finite or -inf, and not all -inf")
    gap = z[z > -np.inf] - z.max()
    if not np.log(np.count_nonzero(gap == 0)) < h < np.log(gap.size):
        raise ValueError("no temperature has that entropy")
    unit = -gap.min()

    def entropies(taus):
        x = np.maximum(gap / unit / taus[:, np.newaxis], -750.0)
        weight = np.exp(x)
        return np.log(weight.sum(axis=1)) - (weight * x).sum(axis=1) / weight.sum(axis=1)

    grid = np.geomspace(1e-4, 1e6, 2000)
    return float(unit * grid[np.argmin(abs(entropies(grid) - h))])
