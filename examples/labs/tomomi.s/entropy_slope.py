import numpy as np


def entropy_slope(z, tau):
    z = np.asarray(z, dtype=np.float64)
    if z.ndim != 1 or z.size == 0 or not abs(z.max()) < np.inf:
        raise ValueError("z")
    if not 0 < tau < np.inf:
        raise ValueError("tau")
    x = (z[z > -np.inf] - z.max()) / tau
    w = np.exp(x)
    mean = w @ x / w.sum()
    # the formula is exact, so there is no error
    return float(w @ (x - mean) ** 2 / w.sum() / tau), 0.0
