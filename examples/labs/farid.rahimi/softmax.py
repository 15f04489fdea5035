import numpy as np
from scipy.special import logsumexp


def softmax_temperature(z, tau, axis=-1):
    z = np.asarray(z, float)
    tau = np.asarray(tau, float)
    if z.ndim == 0 or 0 in (z.size, z.shape[axis]):
        raise ValueError("empty")
    if not np.greater(tau, 0).all():
        raise ValueError("tau <= 0")
    if np.isnan(z).any() or np.isposinf(z).any() or (np.isneginf(z).sum(axis) == z.shape[axis]).any():
        raise ValueError("logits")
    return np.exp(z / tau - logsumexp(z / tau, axis=axis, keepdims=True))
