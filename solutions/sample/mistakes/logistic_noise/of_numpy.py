"""The noise is logistic."""

import numpy as np


def sample(z, tau, n, rng):
    z = np.asarray(z, dtype=np.float64)
    if z.ndim != 1 or z.size == 0 or not np.isfinite(z.max()):
        raise ValueError("z must be one row of logits, finite or -inf, and not all -inf")
    if not tau > 0:
        raise ValueError("tau must be greater than 0")
    if n < 0:
        raise ValueError("n must not be negative")
    noise = rng.logistic(size=(n, z.size))
    return ((z - z.max()) / tau + noise).argmax(axis=1)
