import numpy as np


def entropy(p, axis=-1):
    p = np.asarray(p, dtype=np.float64)
    if not (p >= 0).all():
        raise ValueError("negative probability, or nan")
    total = p.sum(axis=axis)
    if (np.abs(total - 1) > 1e-9).any() or not np.isfinite(total).all():
        raise ValueError("does not sum to one")
    safe = np.where(p == 0, 1.0, p)
    H = 0.0 - np.einsum("...i,...i->...", np.moveaxis(p, axis, -1), np.moveaxis(np.log(safe), axis, -1))
    return H if H.ndim else float(H)
