"""log V minus the divergence from the uniform distribution, with scipy's rel_entr."""

import numpy as np
from scipy import special


def entropy(p, axis=-1):
    """Measure how far each row is from the uniform one."""
    p = np.asarray(p, dtype=np.float64)
    if not np.all(np.greater_equal(p, 0.0)):
        raise ValueError("negative or nan")
    if not np.all(np.less_equal(np.abs(1.0 - p.sum(axis)), 1e-9)):
        raise ValueError("not normalised")
    count = p.shape[axis]
    gap = special.rel_entr(p, 1.0 / count).sum(axis)
    certain = np.count_nonzero(p, axis=axis) == 1  # log V is rounded, and a difference from it would be, too
    return np.where(certain, 0.0, np.log(count) * p.sum(axis) - gap)[()]
