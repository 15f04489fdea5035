"""All terms of all rows are added."""

import numpy as np


def entropy(p, axis=-1):
    p = np.asarray(p, dtype=np.float64)
    if not (p >= 0).all():
        raise ValueError("a probability must be a number that is at least 0")
    if not (np.abs(p.sum(axis=axis) - 1) <= 1e-9).all():
        raise ValueError("the probabilities of every row must sum to 1")
    log_p = np.log(p, out=np.zeros(p.shape), where=p > 0)
    return 0.0 - (p * log_p).sum()
