# Giulia R. -- lab 00
import numpy as np


def softmax_1d(v, tau):
    if v.size == 0:
        raise ValueError("empty")
    if np.isnan(v).any() or np.isinf(v[v > 0]).any():
        raise ValueError("nan or inf")
    if (v == -np.inf).all():
        raise ValueError("all masked")
    shifted = v - v.max()
    num = np.exp(shifted / tau)
    den = num.sum()
    return num / den


def softmax_temperature(z, tau, axis=-1):
    z = np.array(z, dtype=float)
    tau = float(tau)
    if z.ndim == 0 or z.size == 0:
        raise ValueError("z must contain logits")
    if not tau > 0.0:
        raise ValueError("tau must be > 0, got {}".format(tau))
    return np.apply_along_axis(softmax_1d, axis, z, tau)
