"""A second draw is made from the softmax of noisy logits."""

import numpy as np


def sample(z, tau, n, rng):
    z = np.asarray(z, dtype=np.float64)
    if z.ndim != 1 or z.size == 0 or not np.isfinite(z.max()):
        raise ValueError("z must be one row of logits, finite or -inf, and not all -inf")
    if not tau > 0:
        raise ValueError("tau must be greater than 0")
    if n < 0:
        raise ValueError("n must not be negative")
    noisy = ((z - z.max()) + rng.gumbel(size=(n, z.size))) / tau
    weight = np.exp(noisy - noisy.max(axis=1, keepdims=True))
    cumulated = np.cumsum(weight, axis=1)
    return (cumulated > rng.random((n, 1)) * cumulated[:, -1:]).argmax(axis=1)
