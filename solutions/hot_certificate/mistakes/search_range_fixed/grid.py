"""The first temperature of a fixed grid that works is returned."""

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
    taus = np.logspace(-3, 6, 4001)
    step = np.expm1((kept - kept.max()) / taus[:, np.newaxis])
    far = np.abs(step - step.mean(axis=1, keepdims=True)).max(axis=1) / (kept.size + step.sum(axis=1))
    return float(taus[min(np.count_nonzero(far > eps), taus.size - 1)])
