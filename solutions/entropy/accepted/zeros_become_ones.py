"""Every 0 is replaced by 1 in a copy, since 1 log 1 is 0."""

import numpy as np


def entropy(p, axis=-1):
    """Make every entry safe for the logarithm."""
    p = np.asarray(p, dtype=np.float64)
    good = (p >= 0) & (p < np.inf)
    if not good.all() or np.max(np.abs(np.add.reduce(p, axis) - 1), initial=0.0) > 1e-9:
        raise ValueError("not a distribution")
    safe = np.where(p == 0, 1.0, p)
    return np.maximum(np.einsum("...i,...i->...", np.moveaxis(safe, axis, -1), -np.moveaxis(np.log(safe), axis, -1)), 0)
