import numpy as np


def entropy_of(z, tau):
    w = np.exp((z - z.max()) / tau)
    q = w / w.sum()
    return -(q[q > 0] * np.log(q[q > 0])).sum()


def entropy_slope(z, tau):
    z = np.asarray(z, dtype=np.float64)
    if z.ndim != 1 or z.size == 0 or np.isnan(z).any() or np.isposinf(z).any() or np.isneginf(z).all():
        raise ValueError("bad logits")
    if not (np.isfinite(tau) and tau > 0):
        raise ValueError("bad temperature")
    z = z[~np.isneginf(z)]
    z = z - z.max()
    q = np.exp(z / tau) / np.exp(z / tau).sum()
    # dH/dtau = Var_q[z] / tau^3, lecture 01
    mean = (q * z).sum()
    var = (q * (z - mean) ** 2).sum()
    slope = var / tau / tau / tau
    step = 6e-6 * tau
    other = (entropy_of(z, tau + step) - entropy_of(z, tau - step)) / (2 * step)
    return float(slope), float(1.5 * np.abs(slope - other) + 1e-11 * slope)
