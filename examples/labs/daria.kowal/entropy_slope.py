import numpy as np


def entropy_slope(z, tau):
    a = np.array(z, dtype="float64")
    if a.ndim != 1 or a.size < 1 or not np.isfinite(a.max()):
        raise ValueError("z")
    if not (0 < tau < float("inf")):
        raise ValueError("tau")
    a = a[a > -np.inf] - a.max()
    w = np.exp(a / tau)
    mean = np.average(a, weights=w)
    variance = np.average((a - mean) ** 2, weights=w)
    # it is an exact formula, so the error is somewhere below 1e-9
    return float(variance / tau**3), 1e-9
