"""assert raises AssertionError instead of ValueError."""

import numpy as np


def entropy(p, axis=-1):
    p = np.asarray(p, dtype=np.float64)
    assert (p >= 0).all(), "negative or nan"
    assert (np.abs(p.sum(axis=axis) - 1) <= 1e-9).all(), "sum"
    log_p = np.log(p, out=np.zeros(p.shape), where=p > 0)
    return 0.0 - (p * log_p).sum(axis=axis)
