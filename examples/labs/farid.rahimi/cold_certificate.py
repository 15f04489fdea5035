import numpy as np
from scipy.optimize import brentq
from scipy.special import logsumexp


def cold_certificate(z, eps):
    z = np.asarray(z, float)
    if z.ndim != 1 or z.size == 0 or np.isnan(z).any() or np.isposinf(z).any() or np.isneginf(z).all():
        raise ValueError("logits")
    if np.isnan(eps) or eps <= 0:
        raise ValueError("eps")
    z = z[np.isfinite(z)]
    m = np.sum(z == z.max())
    below = z[z < z.max()] - z.max()
    if not below.size or eps >= below.size / z.size:
        return float("inf")
    d = -below.max()
    unit = below / d
    wanted = np.log(m * eps) - np.log1p(-eps)

    def f(x):
        return logsumexp(unit * x) - wanted

    right = 1.0
    while f(right) > 0:
        right *= 2
    x = brentq(f, 0.0, right, xtol=1e-13, rtol=1e-13)
    return float(d / x * (1 - 1e-11))
