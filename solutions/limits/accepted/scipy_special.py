"""scipy's softmax and logsumexp for the weights, and pairwise differences for the hot distance."""

import numpy as np
from scipy import special


def limit_cold(z):
    """Rank the tokens and share among the first rank."""
    z = _row(z)
    first = np.unique(-z, return_inverse=True)[1] == 0
    return np.where(first, 1.0 / first.sum(), 0.0)


def limit_hot(z):
    """Share among what is finite."""
    z = _row(z)
    return np.isfinite(z) / np.isfinite(z).sum()


def close_to_limit(z, tau, which):
    """Work with logarithms of total weights, and with differences of two weights at a time."""
    z = _row(z)
    if np.isnan(tau) or tau <= 0 or np.isinf(tau):
        raise ValueError("tau must be positive and finite")
    x = (z[np.isfinite(z)] - np.max(z)) / tau
    match which:
        case "cold":
            below = x[x < 0]
            if not below.size:
                return 0.0
            return special.expit(special.logsumexp(below) - np.log(np.sum(x == 0)))
        case "hot":
            upper, lower = np.maximum.outer(x, x), np.minimum.outer(x, x)
            apart = np.exp(upper) * -np.expm1(lower - upper) * np.sign(np.subtract.outer(x, x))  # (V, V)
            return np.abs(apart.sum(axis=1)).sum() / (2 * x.size * np.exp(x).sum())
    raise ValueError(f"{which} is no limit")


def _row(z):
    z = np.array(z, dtype=float)
    if z.ndim != 1 or not np.isfinite(z).any() or np.isnan(z).any() or np.isposinf(z).any():
        raise ValueError("z is no row of logits")
    return z
