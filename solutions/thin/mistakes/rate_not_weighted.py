"""The acceptances are averaged over the tokens, however often each is proposed."""

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
    kept, accepted = [], 0
    while accepted < n:
        places = rng.choice(tokens.size, size=2 * n, p=weight / weight.sum())
        places = places[rng.random(2 * n) < accept[places]]
        kept.append(tokens[places])
        accepted += places.size
    return np.concatenate(kept)[:n], accept.mean()
