"""A list is never made an array."""

import numpy as np


def sample(z, tau, n, rng):
    if len(np.shape(z)) != 1 or len(z) == 0 or not np.isfinite(np.max(z)):
        raise ValueError("z must be one row of logits, finite or -inf, and not all -inf")
    if not tau > 0:
        raise ValueError("tau must be greater than 0")
    if n < 0:
        raise ValueError("n must not be negative")
    noise = rng.gumbel(size=(n, len(z)))
    return (z / tau + noise).argmax(axis=1)
