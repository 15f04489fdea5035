import numpy as np


def repetition_penalty(z, used, rho):
    z = np.array(z, dtype=float)
    if z.ndim != 1 or z.size == 0 or np.isnan(z).any() or (z == np.inf).any() or (z == -np.inf).all():
        raise ValueError("z has a bad logit")
    if not (rho > 0 and np.isfinite(rho)):
        raise ValueError("rho has to be positive")
    for t in used:
        if t < 0 or t >= len(z):
            raise ValueError("unknown token")
        if z[t] > 0:
            z[t] /= rho
        else:
            z[t] *= rho
    return z
