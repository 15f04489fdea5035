import numpy as np
from scipy.special import softmax as sm


def normalise(scores, axis):
    """make the scores sum to one"""
    return sm(scores, axis=axis)


def softmax_temperature(z, tau, axis=-1):
    z = np.asarray(z, dtype=float)
    tau = np.asarray(tau, dtype=float)
    if z.ndim == 0 or z.shape[axis] == 0 or np.isnan(z).any() or np.isposinf(z).any():
        raise ValueError("bad z")
    if np.isneginf(z).all(axis=axis).any():
        raise ValueError("bad z (all masked)")
    if not (tau > 0).all():
        raise ValueError("bad tau")
    p = sm((z - z.max(axis=axis, keepdims=True)) / tau, axis=axis)
    p = normalise(p, axis)     # the rows must sum to 1
    return p
