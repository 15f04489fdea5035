"""The sum of the whole batch is compared with the number of rows."""

import numpy as np


def entropy(p, axis=-1):
    p = np.asarray(p, dtype=np.float64)
    if not (p >= 0).all():
        raise ValueError("a probability must be a number that is at least 0")
    rows = p.sum(axis=axis).size
    if not np.abs(p.sum() - rows) <= 1e-9 * max(rows, 1):
        raise ValueError("the probabilities of every row must sum to 1")
    log_p = np.log(p, out=np.zeros(p.shape), where=p > 0)
    return 0.0 - (p * log_p).sum(axis=axis)
