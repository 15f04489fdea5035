import numpy as np


def repetition_penalty(z, used, rho):
    out = np.array(z, dtype=np.float64)
    seen = np.unique(np.array(used, dtype=np.int64))
    if out.ndim != 1 or out.size == 0 or not np.isfinite(out.max()):
        raise ValueError("z must be one row with a finite maximum")
    if seen.size and (seen[0] < 0 or seen[-1] >= out.size):
        raise ValueError("used holds a token that is not in z")
    if not 0 < rho < np.inf:
        raise ValueError("rho must be positive")
    old = out[seen]
    out[seen] = np.where(old > 0, old / rho, old * rho)
    return out
