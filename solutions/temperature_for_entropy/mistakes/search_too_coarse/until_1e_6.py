"""The search ends when the entropy is right to 1e-6."""

import numpy as np


def temperature_for_entropy(z, h):
    z = np.asarray(z, dtype=np.float64)
    if z.ndim != 1 or z.size == 0 or not np.isfinite(z.max()):
        raise ValueError("z must be one row of logits, finite or -inf, and not all -inf")
    gap = z[z > -np.inf] - z.max()
    if not np.log(np.count_nonzero(gap == 0)) < h < np.log(gap.size):
        raise ValueError("no temperature has that entropy")
    unit = -gap.min()

    def entropy(t):
        x = gap / unit / t
        x = x[x > -750.0]
        weight = np.exp(x)
        return np.log(weight.sum()) - weight @ x / weight.sum()

    cold, hot = -700.0, 700.0
    for _ in range(200):
        if abs(entropy(np.exp((cold + hot) / 2)) - h) < 1e-6:
            break
        middle = (cold + hot) / 2
        if entropy(np.exp(middle)) < h:
            cold = middle
        else:
            hot = middle
    return float(unit * np.exp((cold + hot) / 2))
