"""An empty list becomes an array of floats."""

import numpy as np


def repetition_penalty(z, used, rho):
    z = np.asarray(z, dtype=np.float64)
    used = np.asarray(used)
    if z.ndim != 1 or z.size == 0 or not np.isfinite(z.max()):
        raise ValueError("z must be one row of logits, finite or -inf, and not all -inf")
    if not ((used >= 0) & (used < z.size)).all():
        raise ValueError("used must hold positions in z")
    if not 0 < rho < np.inf:
        raise ValueError("rho must be greater than 0 and finite")
    penalised = z.copy()
    penalised[used] = np.where(z[used] > 0, z[used] / rho, z[used] * rho)
    return penalised
