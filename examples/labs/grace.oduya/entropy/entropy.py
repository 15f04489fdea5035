import numpy as np


def entropy(p, axis=-1):
    """Shannon entropy in nats."""
    p = np.asarray(p, dtype=np.float64)
    if np.any(np.isnan(p)) or np.any(p < 0):
        raise ValueError("p must be 0 or more")
    sums = np.sum(p, axis=axis)
    if np.any(sums < 1 - 1e-9) or np.any(sums > 1 + 1e-9):
        raise ValueError("p must sum to 1")

    possible = p > 0
    information = np.zeros(p.shape)
    information[possible] = np.negative(np.log(p[possible]))
    return np.sum(np.multiply(p, information), axis=axis) + 0.0
