import numpy as np


def entropy(p, axis=-1):
    p = np.array(p, dtype=float)
    if np.isnan(p).any() or (p < 0).any():
        raise ValueError("p is not a probability")
    if abs(p.sum() - 1) > 1e-9:
        raise ValueError("p does not sum to 1")
    p = p[p > 0]
    return float(np.sum(p * np.log(1 / p)))
