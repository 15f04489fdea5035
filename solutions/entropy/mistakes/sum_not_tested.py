"""The sum of a row is never looked at."""

import numpy as np


def entropy(p, axis=-1):
    p = np.asarray(p, dtype=np.float64)
    if not (p >= 0).all():
        raise ValueError("a probability must be a number that is at least 0")
    log_p = np.log(p, out=np.zeros(p.shape), where=p > 0)
    return 0.0 - (p * log_p).sum(axis=axis)
