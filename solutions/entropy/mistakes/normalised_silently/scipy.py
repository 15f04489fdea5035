"""scipy.stats.entropy normalises by itself."""

from scipy import stats
import numpy as np


def entropy(p, axis=-1):
    p = np.asarray(p, dtype=np.float64)
    if not (p >= 0).all():
        raise ValueError("a probability must be a number that is at least 0")
    return stats.entropy(p, axis=axis)
