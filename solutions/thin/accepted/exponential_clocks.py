"""Proposals by Gumbel-max, coins as exponential waiting times: accepted if the wait is longer than the price."""

import numpy as np


def thin(z, tau, n, rng):
    """Compare in logarithms, without a power."""
    row = np.asarray(z, dtype=np.float64)
    if row.ndim != 1 or row.size == 0 or not np.isfinite(row.max()):
        raise ValueError("a row of logits is needed")
    if not 0 < tau < np.inf or n < 1:
        raise ValueError("tau must be positive and finite, and n positive")
    least = row[row > -np.inf].min()
    parts, proposed, accepted = [], 0, 0
    while accepted < n:
        token = (row + rng.gumbel(size=(n + 50, row.size))).argmax(axis=1)
        price = (1 / tau - 1) * (row.max() - row[token]) if tau < 1 else (1 - 1 / tau) * (row[token] - least)
        good = token[rng.exponential(size=n + 50) >= price]
        parts.append(good)
        accepted += len(good)
        proposed += n + 50
    return np.concatenate(parts)[:n].astype(np.int64), accepted / proposed
