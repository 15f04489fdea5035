import numpy as np

EPS = 1e-12


def entropy(p, axis=-1):
    p = np.array(p, np.float64)
    if np.isnan(p).any() or (p < 0).any():
        raise ValueError("p")
    if not (np.abs(p.sum(axis) - 1) <= 1e-9).all():
        raise ValueError("sum")
    return -np.sum(p * np.log(p + EPS), axis)
