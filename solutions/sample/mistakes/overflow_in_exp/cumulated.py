"""exp(z / tau) overflows before probabilities are cumulated."""

import numpy as np


def sample(z, tau, n, rng):
    z = np.asarray(z, dtype=np.float64)
    if z.ndim != 1 or z.size == 0 or not np.isfinite(z.max()):
        raise ValueError("z must be one row of logits, finite or -inf, and not all -inf")
    if not tau > 0:
        raise ValueError("tau must be greater than 0")
    if n < 0:
        raise ValueError("n must not be negative")
    weight = np.exp(z / tau)
    cumulated = np.cumsum(weight / weight.sum())
    return np.searchsorted(cumulated, rng.random(n), side="right").astype(np.int64)
