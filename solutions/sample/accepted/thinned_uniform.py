"""Uniform tokens are kept with their weight relative to the largest."""

import numpy as np


def sample(z, tau, n, rng):
    """Propose any token, and keep it with probability exp((z - max z) / tau)."""
    z = np.asarray(z, dtype=np.float64)
    if z.ndim != 1 or not z.size or not np.isfinite(z.max()):
        raise ValueError("z must hold a finite logit, and neither nan nor inf")
    if n < 0 or not tau > 0:
        raise ValueError("tau must be above 0, n at least 0")
    weight = np.exp((z - z.max()) / tau)
    kept = np.zeros(0, dtype=np.int64)
    while kept.size < n:
        proposed = rng.integers(z.size, size=2 * n)
        kept = np.concatenate([kept, proposed[rng.random(2 * n) < weight[proposed]]])
    return kept[:n]
