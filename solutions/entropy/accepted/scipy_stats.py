"""scipy.stats.entropy with the axis pinned; the sum is tested apart and its normalising is undone."""

import numpy as np
from scipy import stats


def entropy(p, axis=-1):
    """Let scipy do the work, and test what it does not."""
    p = np.asarray(p, dtype=np.float64)
    totals = np.sum(p, axis=axis)
    if (p < 0).any() or not np.isclose(totals, 1.0, rtol=0.0, atol=1e-9).all():
        raise ValueError("p must hold distributions along axis")
    return np.abs(totals * (stats.entropy(p, axis=axis) - np.log(totals)))
