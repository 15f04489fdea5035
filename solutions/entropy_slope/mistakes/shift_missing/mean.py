"""The mean logit is subtracted."""

import numpy as np


def entropy_slope(z, tau):
    z = np.asarray(z, dtype=np.float64)
    if z.ndim != 1 or z.size == 0 or not np.isfinite(z.max()):
        raise ValueError("z must be one row of logits, finite or -inf, and not all -inf")
    if not 0 < tau < np.inf:
        raise ValueError("tau must be greater than 0 and finite")
    x = (z[z > -np.inf] - z[z > -np.inf].mean()) / tau

    def entropy(stretch):
        weight = np.exp(x / stretch)
        return np.log(weight.sum()) - weight @ x / (stretch * weight.sum())

    q = np.exp(x) / np.exp(x).sum()
    value = q @ (x - q @ x) ** 2 / tau
    step = 6e-6
    near, far = ((entropy(1 + s) - entropy(1 - s)) / (2 * s * tau) for s in (step, 2 * step))
    rounding = 2 * np.finfo(np.float64).eps * np.log(x.size) / (step * tau)
    return float(value), float(abs(value - near) + abs(near - far) + rounding)
