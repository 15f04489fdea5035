import numpy as np
from scipy import stats


def entropy(p, axis=-1):
    p = np.asarray(p, float)
    if p.size == 0:
        raise ValueError("empty")
    return abs(stats.entropy(p, axis=axis))
