import numpy as np


def hot_certificate(z, eps):
    a = np.array(z, dtype="float64")
    if a.ndim != 1 or a.size < 1 or not np.isfinite(a.max()):
        raise ValueError("z")
    if not eps > 0:
        raise ValueError("eps")
    V = len(a)
    a = a[a > -np.inf]
    top = (a == a.max()).sum()
    if top == len(a) or eps >= max(1 / top - 1 / len(a), 1 / len(a)):
        return 0.0
    return float((a.max() - a.min()) / np.log(1 + V * eps))
