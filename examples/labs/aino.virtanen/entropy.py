import numpy as np


def entropy(p, axis=-1):
    p = np.array(p, dtype=np.float64)
    if np.isnan(p).any() or np.any(p < 0):
        raise ValueError("p must not be negative or nan")
    if np.any(np.abs(p.sum(axis=axis) - 1) > 1e-9):
        raise ValueError("p must sum to 1")
    surprise = np.zeros_like(p)
    np.log(p, out=surprise, where=p > 0)
    h = np.abs(np.sum(p * surprise, axis=axis))
    return float(h) if h.ndim == 0 else h
