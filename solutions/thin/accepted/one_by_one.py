"""One proposal after the other, each with a coin of its own, and a count of all."""

import numpy as np


def thin(z, tau, n, rng):
    """Propose, throw, keep or try again."""
    logits = np.array(z, dtype=float)
    if logits.ndim != 1 or logits.size == 0 or np.isnan(logits).any() or np.isinf(logits.max()):
        raise ValueError("not a row of logits")
    if not tau > 0 or tau == np.inf or n <= 0:
        raise ValueError("tau and n must be positive, tau finite")
    p = np.exp(logits - logits.max())
    p /= p.sum()
    cumulated = np.cumsum(p)
    cumulated /= cumulated[-1]
    least, most = p[p > 0].min(), p.max()
    draws, tries = [], 0
    while len(draws) < n:
        i = int(np.searchsorted(cumulated, rng.random(), side="right"))
        tries += 1
        chance = (p[i] / most) ** (1 / tau - 1) if tau <= 1 else (least / p[i]) ** (1 - 1 / tau)
        if rng.random() < chance:
            draws.append(i)
    return np.array(draws, dtype=np.int64), len(draws) / tries
