"""The logits are not tested."""

import numpy as np


def sample(z, tau, n, rng):
    z = np.asarray(z, dtype=np.float64)
    if not tau > 0:
        raise ValueError("tau must be greater than 0")
    if n < 0:
        raise ValueError("n must not be negative")
    noise = rng.gumbel(size=(n, z.size))
    return ((z - z.max(initial=-np.inf)) / tau + noise).argmax(axis=1)
