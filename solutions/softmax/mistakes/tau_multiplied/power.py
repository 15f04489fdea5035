"""The probabilities are raised to the power tau instead of 1 / tau."""

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

    def softmax(x):
        weight = np.exp(x - x.max(axis=axis, keepdims=True))
        return weight / weight.sum(axis=axis, keepdims=True)

    power = softmax(z) ** tau
    return power / power.sum(axis=axis, keepdims=True)
