"""The largest difference of one token stands in for total variation."""

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
        leak = np.exp(exponent[gap < 0]).sum()
        count = np.count_nonzero(gap == 0)
        most = np.exp(exponent[gap < 0]).max(initial=0.0)
        return float(max(leak / count, most) / (count + leak))
    change = np.expm1(exponent)
    return float(np.abs(change - change.mean()).max() / (gap.size + change.sum()))
