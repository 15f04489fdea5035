import numpy as np
from scipy import special, stats


def entropy_slope(z, tau):
    z = np.asarray(z, float)
    if z.ndim != 1 or z.size == 0 or np.isnan(z).any() or np.isposinf(z).any() or np.isneginf(z).all():
        raise ValueError("logits")
    if not 0 < tau < np.inf:
        raise ValueError("tau")
    z = z[np.isfinite(z)]
    z = z - z.max()

    def H(t):
        return special.entr(special.softmax(z / t)).sum()

    q = special.softmax(z / tau)
    var = np.cov(z, aweights=q, ddof=0)
    value = float(var / tau**3)
    h = 5e-6 * tau
    numeric = (H(tau + h) - H(tau - h)) / h / 2
    return value, float(2 * abs(value - numeric) + np.finfo(float).eps * 1e4 * value)
