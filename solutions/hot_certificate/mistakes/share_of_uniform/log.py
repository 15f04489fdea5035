"""The difference is measured in shares of 1 / V."""

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
    return float(np.ptp(kept) / np.log1p(eps))
