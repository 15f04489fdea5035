import numpy as np


def cold_certificate(z, eps):
    a = np.array(z, dtype="float64")
    if a.ndim != 1 or a.size < 1 or not np.isfinite(a.max()):
        raise ValueError("z")
    if not eps > 0:
        raise ValueError("eps")
    a = np.sort(a[a > -np.inf])[::-1]
    if a.size == 1:
        return float("inf")
    others = a.size - 1
    if eps >= others / (1 + others):
        return float("inf")
    gap = a[0] - a[1]
    return float(gap / np.log(others * (1 - eps) / eps))
