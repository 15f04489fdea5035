"""Rejected proposals stand as -1 among n draws more."""

import numpy as np


def thin(z, tau, n, rng):
    z = np.asarray(z, dtype=np.float64)
    if z.ndim != 1 or z.size == 0 or not np.isfinite(z.max()):
        raise ValueError("z must be one row of logits, finite or -inf, and not all -inf")
    if not 0 < tau < np.inf:
        raise ValueError("tau must be greater than 0 and finite")
    if n < 1:
        raise ValueError("n must be at least 1")
    tokens = np.flatnonzero(z > -np.inf)
    weight = np.exp(z[tokens] - z.max())
    always = z.max() if tau < 1 else z[tokens].min()
    accept = np.exp((1 / tau - 1) * (z[tokens] - always))
    places = rng.choice(tokens.size, size=3 * n, p=weight / weight.sum())
    kept = np.where(rng.random(3 * n) < accept[places], tokens[places], -1)
    return kept, float((kept >= 0).mean())
