"""A coin that does not look at the token rejects draws."""

import numpy as np


def sample(z, tau, n, rng):
    z = np.asarray(z, dtype=np.float64)
    if z.ndim != 1 or z.size == 0 or not np.isfinite(z.max()):
        raise ValueError("z must be one row of logits, finite or -inf, and not all -inf")
    if not tau > 0:
        raise ValueError("tau must be greater than 0")
    if n < 0:
        raise ValueError("n must not be negative")
    tokens = np.zeros(0, dtype=np.int64)
    keep = max(1 / (1 + tau), 0.2)
    while tokens.size < n:
        proposed = ((z - z.max()) + rng.gumbel(size=(n, z.size))).argmax(axis=1)
        tokens = np.concatenate([tokens, proposed[rng.random(n) < keep]])
    return tokens[:n]
