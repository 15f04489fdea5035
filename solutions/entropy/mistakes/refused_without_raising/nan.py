"""nan is returned where ValueError is due."""

import numpy as np


def entropy(p, axis=-1):
    p = np.asarray(p, dtype=np.float64)
    if not (p >= 0).all():
        return np.nan
    if not (np.abs(p.sum(axis=axis) - 1) <= 1e-9).all():
        return np.nan
    log_p = np.log(p, out=np.zeros(p.shape), where=p > 0)
    return 0.0 - (p * log_p).sum(axis=axis)
