"""Weights that overflowed are set to 0."""

import numpy as np


def softmax_temperature(z, tau, axis=-1):
    z = np.asarray(z, dtype=np.float64)
    tau = np.asarray(tau, dtype=np.float64)
    if z.ndim == 0 or z.shape[axis] == 0:
        raise ValueError("z must be an array with at least one logit in each row")
    if not (tau > 0).all():
        raise ValueError("tau must be greater than 0")
    peak = z.max(axis=axis, keepdims=True)
    if not np.isfinite(peak).all():
        raise ValueError("logits must be finite or -inf, and every row needs a finite one")
    weight = np.exp(np.divide(z, tau, out=np.full(z.shape, -np.inf), where=z > -np.inf))
    weight[~np.isfinite(weight)] = 0.0
    return weight / weight.sum(axis=axis, keepdims=True)
