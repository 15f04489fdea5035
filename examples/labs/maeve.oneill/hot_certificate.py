import numpy as np


def hot_certificate(z, eps):
    z = np.array(z, dtype=float)
    if z.ndim != 1 or z.size == 0 or np.isnan(z).any() or (z == np.inf).any() or (z == -np.inf).all():
        raise ValueError("z has a bad logit")
    if np.isnan(eps) or eps <= 0:
        raise ValueError("eps has to be positive")
    z = z[z > -np.inf]
    V = len(z)
    m = np.sum(z == z.max())
    if m == V or (1 / V <= eps and 1 / m - 1 / V <= eps):
        return 0.0
    return 1 / np.log(1 + V * eps)
