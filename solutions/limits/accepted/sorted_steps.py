"""The tokens in order: each weight is the smallest one plus the steps up to it."""

import numpy as np


def limit_cold(z):
    """Divide each indicator by their sum."""
    z = np.array(z, dtype=np.float64, ndmin=1)
    if z.size == 0 or not np.max(z) > -np.inf or np.max(z) == np.inf:
        raise ValueError("z needs a finite maximum")
    winners = np.flatnonzero(z >= z.max())
    share = np.zeros(z.size)
    share[winners] = 1 / winners.size
    return share


def limit_hot(z):
    """Give the indices that are left the same share."""
    z = np.array(z, dtype=np.float64, ndmin=1)
    if z.size == 0 or not np.max(z) > -np.inf or np.max(z) == np.inf:
        raise ValueError("z needs a finite maximum")
    left = np.flatnonzero(~np.isneginf(z))
    share = np.zeros(z.size)
    share[left] = 1 / left.size
    return share


def close_to_limit(z, tau, which):
    """Sort, and weigh each step of a logit by how many tokens stand on either side."""
    z = np.array(z, dtype=np.float64, ndmin=1)
    winners = np.count_nonzero(limit_cold(z))
    if which not in {"cold", "hot"} or not 0.0 < float(tau) < float("inf"):
        raise ValueError("no such limit or temperature")
    x = np.sort((z[~np.isneginf(z)] - z.max()) / tau)
    weight = np.exp(x)
    if which == "cold":
        odds = weight[: x.size - winners].sum() / winners
        return odds / (1 + odds)
    step = weight[1:] * -np.expm1(x[:-1] - x[1:])
    rise = np.concatenate([[0.0], np.cumsum(step)])  # of each weight above the smallest
    return np.abs(rise - rise.mean()).sum() / (2 * weight.sum())
