"""The logits are not tested."""

import numpy as np


def limit_cold(z):
    z = np.asarray(z, dtype=np.float64)
    top = z == z.max()
    return top / np.count_nonzero(top)


def limit_hot(z):
    z = np.asarray(z, dtype=np.float64)
    unmasked = z > -np.inf
    return unmasked / np.count_nonzero(unmasked)


def close_to_limit(z, tau, which):
    z = np.asarray(z, dtype=np.float64)
    if not 0 < tau < np.inf:
        raise ValueError("tau must be greater than 0 and finite")
    if which not in ("cold", "hot"):
        raise ValueError("which must be 'cold' or 'hot'")
    gap = z[z > -np.inf] - z.max()
    with np.errstate(over="ignore"):
        exponent = gap / tau
    if which == "cold":
        leak = np.exp(exponent[gap < 0]).sum()
        return float(leak / (np.count_nonzero(gap == 0) + leak))
    change = np.expm1(exponent)
    return float(np.abs(change - change.mean()).sum() / (2 * (gap.size + change.sum())))
