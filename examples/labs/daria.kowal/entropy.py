import numpy as np


def entropy(p, axis=-1):
    p = np.array(p, dtype="float64")
    if np.isnan(p).any() or (p < 0).any() or (abs(p.sum(axis=axis) - 1) > 1e-9).any():
        raise ValueError("not a distribution")
    logs = np.where(p > 0, np.log2(np.where(p > 0, p, 1)), 0)
    H = -(p * logs).sum(axis=axis)
    return float(H) if np.ndim(H) == 0 else H
