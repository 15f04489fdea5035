import numpy as np


def cold_certificate(z, eps):
    z = np.array(z, dtype=float)
    if z.ndim != 1 or z.size == 0 or np.isnan(z).any() or (z == np.inf).any() or (z == -np.inf).all():
        raise ValueError("z has a bad logit")
    if np.isnan(eps) or eps <= 0:
        raise ValueError("eps has to be positive")
    z = z[z > -np.inf]
    m = np.sum(z == z.max())
    k = len(z) - m
    if k == 0 or eps >= k / len(z):
        return np.inf
    gap = z.max() - np.max(z[z < z.max()])
    # k exp(-gap / tau) / m = eps / (1 - eps)
    return gap / np.log10(k / m * (1 - eps) / eps)
