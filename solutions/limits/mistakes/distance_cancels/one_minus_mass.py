"""The cold distance is 1 minus the probability of the maxima."""

import numpy as np


def limit_cold(z):
    z = np.asarray(z, dtype=np.float64)
    if z.ndim != 1 or z.size == 0 or not np.isfinite(z.max()):
        raise ValueError("z must be one row of logits, finite or -inf, and not all -inf")
    top = z == z.max()
    return top / np.count_nonzero(top)


def limit_hot(z):
    z = np.asarray(z, dtype=np.float64)
    if z.ndim != 1 or z.size == 0 or not np.isfinite(z.max()):
        raise ValueError("z must be one row of logits, finite or -inf, and not all -inf")
    unmasked = z > -np.inf
    return unmasked / np.count_nonzero(unmasked)


def close_to_limit(z, tau, which):
    z = np.asarray(z, dtype=np.float64)
    if z.ndim != 1 or z.size == 0 or not np.isfinite(z.max()):
        raise ValueError("z must be one row of logits, finite or -inf, and not all -inf")
    if not 0 < tau < np.inf:
        raise ValueError("tau must be greater than 0 and finite")
    if which not in ("cold", "hot"):
        raise ValueError("which must be 'cold' or 'hot'")
    gap = z[z > -np.inf] - z.max()
    with np.errstate(over="ignore"):
        exponent = gap / tau
    if which == "cold":
        weight = np.exp(exponent)
        return float(1 - (weight / weight.sum())[gap == 0].sum())
    change = np.expm1(exponent)
    return float(np.abs(change - change.mean()).sum() / (2 * (gap.size + change.sum())))
