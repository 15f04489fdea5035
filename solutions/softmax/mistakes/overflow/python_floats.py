"""Nothing is subtracted, and Python's floats raise OverflowError or ZeroDivisionError."""

import math

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

    def share(row):
        weights = [math.exp(x) for x in row.tolist()]
        return [weight / sum(weights) for weight in weights]

    return np.apply_along_axis(share, axis, np.divide(z, tau, out=np.full(z.shape, -np.inf), where=z > -np.inf))
