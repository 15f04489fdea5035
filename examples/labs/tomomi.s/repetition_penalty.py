import numpy as np


def repetition_penalty(z, used, rho):
    z = np.asarray(z, dtype=np.float64)
    if z.ndim != 1 or z.size == 0 or not abs(z.max()) < np.inf:
        raise ValueError("z")
    if not 0 < rho < np.inf:
        raise ValueError("rho")
    used = set(np.asarray(used, dtype=np.int64).tolist())
    if not used <= set(range(len(z))):
        raise ValueError("used")
    factor = np.ones_like(z)
    for token in used:
        factor[token] = rho
    return np.where(z < 0, z * factor, z / factor)
