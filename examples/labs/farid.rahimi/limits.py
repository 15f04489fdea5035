import numpy as np
from scipy.special import logsumexp


def _ok(z):
    z = np.asarray(z, float)
    if z.ndim != 1 or z.size == 0 or np.isnan(z).any() or np.isposinf(z).any() or np.isneginf(z).all():
        raise ValueError("logits")
    return z


def limit_cold(z):
    z = _ok(z)
    _, level, count = np.unique(z, return_inverse=True, return_counts=True)
    return np.where(level == len(count) - 1, 1 / count[-1], 0.0)


def limit_hot(z):
    z = _ok(z)
    return np.exp(np.where(np.isneginf(z), -np.inf, -np.log(np.isfinite(z).sum()))).astype(float)


def close_to_limit(z, tau, which):
    z = _ok(z)
    if not (0 < tau and tau < np.inf):
        raise ValueError("tau")
    z = z[np.isfinite(z)]
    gap = (z - z.max()) / tau
    ties = np.sum(z == z.max())
    if which == "cold":
        below = gap[z < z.max()]
        if below.size == 0:
            return 0.0
        log_odds = logsumexp(below) - np.log(ties)
        return float(np.exp(log_odds - np.logaddexp(0, log_odds)))
    elif which == "hot":
        w = np.expm1(gap)
        w = w - w.mean()
        return float(np.linalg.norm(w, 1) / 2 / np.exp(gap).sum())
    else:
        raise ValueError(f"which={which!r}")
