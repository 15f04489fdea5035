"""p is divided by its sum."""

import numpy as np


def entropy(p, axis=-1):
    p = np.asarray(p, dtype=np.float64)
    if not (p >= 0).all():
        raise ValueError("a probability must be a number that is at least 0")
    with np.errstate(all="ignore"):
        p = p / p.sum(axis=axis, keepdims=True)
    log_p = np.log(p, out=np.zeros(p.shape), where=p > 0)
    return 0.0 - (p * log_p).sum(axis=axis)
