"""root_scalar without its field root."""

import numpy as np
from scipy import optimize


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

    cold = hot = 1.0
    while entropy(cold) > h:
        cold /= 2
    while entropy(hot) < h:
        hot *= 2
    return optimize.root_scalar(lambda t: entropy(t / unit) - h, bracket=(cold * unit, hot * unit), xtol=1e-15 * unit)
