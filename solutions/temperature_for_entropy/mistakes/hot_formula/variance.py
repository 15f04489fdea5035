"""The first term of the expansion for a high temperature."""

import numpy as np


def temperature_for_entropy(z, h):
    z = np.asarray(z, dtype=np.float64)
    if z.ndim != 1 or z.size == 0 or not np.isfinite(z.max()):
        raise ValueError("z must be one row of logits, finite or -inf, and not all -inf")
    gap = z[z > -np.inf] - z.max()
    if not np.log(np.count_nonzero(gap == 0)) < h < np.log(gap.size):
        raise ValueError("no temperature has that entropy")
    return float(np.sqrt(gap.var() / (2 * (np.log(gap.size) - h))))
