import numpy as np
from scipy.optimize import brentq


def hot_certificate(z, eps):
    z = np.asarray(z, float)
    if z.ndim != 1 or z.size == 0 or np.isnan(z).any() or np.isposinf(z).any() or np.isneginf(z).all():
        raise ValueError("logits")
    if np.isnan(eps) or eps <= 0:
        raise ValueError("eps")
    z = z[np.isfinite(z)]
    n, m = z.size, np.sum(z == z.max())
    if m == n or eps >= max(1 / n, 1 / m - 1 / n):
        return 0.0
    D = np.ptp(z)
    u = (z - z.max()) / D

    def log_off(log_x):
        e = np.expm1(u * np.exp(log_x))
        return np.log(np.abs(e - e.mean()).max()) - np.log(n + e.sum()) - np.log(eps)

    right = np.log(n * eps)
    while log_off(right) < 0:
        right += 1
    lx = brentq(log_off, np.log(np.log1p(n * eps)) - 0.1, right, xtol=1e-13)
    return float(D / np.exp(lx) * (1 + 1e-9))
