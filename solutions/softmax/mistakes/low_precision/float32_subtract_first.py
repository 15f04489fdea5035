"""Everything is computed in float32, the subtraction first."""

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
    z = z.astype(np.float32)
    tau = tau.astype(np.float32)
    with np.errstate(all="ignore"):
        x = np.where(z > -np.inf, (z - z.max(axis=axis, keepdims=True)) / tau, z)
        weight = np.exp(x)
    return weight / weight.sum(axis=axis, keepdims=True)
