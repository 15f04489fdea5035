"""A list cannot be divided by a number."""

import numpy as np


def softmax_temperature(z, tau, axis=-1):
    tau = np.asarray(tau, dtype=np.float64)
    if np.ndim(z) == 0 or np.shape(z)[axis] == 0:
        raise ValueError("z must be an array with at least one logit in each row")
    if not (tau > 0).all():
        raise ValueError("tau must be greater than 0")
    peak = np.max(z, axis=axis, keepdims=True)
    if not np.isfinite(peak).all():
        raise ValueError("logits must be finite or -inf, and every row needs a finite one")
    half = np.where(peak > 1, 0.5, 1.0)
    gap = z / 1 * half - peak * half
    with np.errstate(over="ignore"):
        exponent = np.divide(gap, tau, out=np.full(gap.shape, -np.inf), where=gap > -np.inf) / half
    weight = np.exp(exponent)
    return weight / weight.sum(axis=axis, keepdims=True)
