"""A uniform number is looked up among cumulated weights."""

import numpy as np


def sample(z, tau, n, rng):
    """Invert the distribution function."""
    z = np.asarray(z, dtype=np.float64)
    if z.shape != (z.size,) or z.size == 0 or np.isnan(z).any() or abs(z.max()) == np.inf:
        raise ValueError("z is no row of logits")
    if not tau > 0:
        raise ValueError("tau must be positive")
    if n < 0:
        raise ValueError("n must be 0 or more")
    cumulated = np.cumsum(np.exp((z - z.max()) / tau))
    return np.searchsorted(cumulated, rng.random(n) * cumulated[-1], side="right").astype(np.int64)
