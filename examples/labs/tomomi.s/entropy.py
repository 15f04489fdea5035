import numpy as np


def entropy(p, axis=-1):
    p = np.asarray(p, dtype=np.float64)
    ok = (p >= 0).all() and (np.abs(p.sum(axis) - 1) < 1.0000001e-9).all()
    if not ok:
        raise ValueError("p is no distribution")
    with np.errstate(divide="ignore", invalid="ignore"):
        h = np.nan_to_num(-p * np.log(p), nan=0.0).sum(axis)
    return np.maximum(h, 0.0) if np.ndim(h) else max(0.0, float(h))
