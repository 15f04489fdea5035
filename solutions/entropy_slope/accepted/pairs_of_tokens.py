"""Half the mean squared difference of two tokens; the entropy as a sum over token probabilities."""

import numpy as np


def entropy_slope(z, tau):
    """No mean is needed for a variance."""
    z = np.array(z, float)
    if np.ndim(z) != 1 or np.isnan(z).any() or not np.isfinite(np.max(z, initial=-np.inf)):
        raise ValueError("not a row")
    if np.isnan(tau) or np.isinf(tau) or tau <= 0:
        raise ValueError("not a temperature")
    kept = z[np.isfinite(z)]

    def shares(t):
        e = np.exp((kept - kept.max()) / t)
        return e / e.sum()

    def nats(t):
        p = shares(t)
        p = p[p > 0]
        return -(p * np.log(p)).sum()

    q = shares(tau)
    apart = np.subtract.outer(kept, kept) / tau
    value = 0.5 * (np.outer(q, q) * apart * apart).sum() / tau
    third = np.finfo(float).eps ** (1 / 3)
    hotter, colder = tau * (1 + third), tau * (1 - third)
    return value, abs((nats(hotter) - nats(colder)) / (hotter - colder) - value) + 2e-15 * value
