"""The share 1 - 1 / rho of the size is subtracted, which is the rule for positive logits only."""

import numpy as np


def repetition_penalty(z, used, rho):
    z = np.asarray(z, dtype=np.float64)
    used = np.asarray(used, dtype=np.int64)
    if z.ndim != 1 or z.size == 0 or not np.isfinite(z.max()):
        raise ValueError("z must be one row of logits, finite or -inf, and not all -inf")
    if not ((used >= 0) & (used < z.size)).all():
        raise ValueError("used must hold positions in z")
    if not 0 < rho < np.inf:
        raise ValueError("rho must be greater than 0 and finite")
    penalised = z.copy()
    penalised[used] = z[used] - np.abs(np.where(z[used] > -np.inf, z[used], 0)) * (1 - 1 / rho)
    return penalised
