"""The axis is used nowhere: all entries are tested and added as if they were one row."""

import numpy as np


def entropy(p, axis=-1):
    p = np.asarray(p, dtype=np.float64)
    if not (p >= 0).all():
        raise ValueError("a probability must be a number that is at least 0")
    if not abs(p.sum() - 1) <= 1e-9:
        raise ValueError("the probabilities must sum to 1")
    log_p = np.log(p, out=np.zeros(p.shape), where=p > 0)
    return 0.0 - (p * log_p).sum()
