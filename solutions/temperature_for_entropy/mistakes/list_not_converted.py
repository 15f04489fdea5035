"""A list is not turned into an array."""

import numpy as np
from scipy import optimize


def temperature_for_entropy(z, h):
    if np.ndim(z) != 1 or len(z) == 0 or not np.isfinite(np.max(z)):
        raise ValueError("z must be one row of logits, finite or -inf, and not all -inf")
    gap = z[np.isfinite(z)] - z.max()
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
    found = optimize.brentq(lambda u: entropy(np.exp(u)) - h, np.log(cold), np.log(hot), xtol=1e-15)
    return float(unit * np.exp(found))
