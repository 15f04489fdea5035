import numpy as np


def cold_certificate(z, eps):
    x = np.array(z, np.float64)
    if x.ndim != 1 or x.size == 0 or np.isnan(x).any() or (x == np.inf).any() or (x == -np.inf).all():
        raise ValueError("z")
    if not eps > 0:
        raise ValueError("eps")
    x = x[x > -np.inf] - x.max()
    m = np.sum(x == 0)
    rest = x[x < 0]

    def worst(tau):
        # largest |q_i - p_i|: a maximum loses R / (m (m + R)), another token has w / (m + R)
        w = np.exp(rest / tau)
        return max(w.sum() / m, w.max()) / (m + w.sum())

    if rest.size == 0 or max(rest.size / m, 1) / x.size <= eps:
        return np.inf
    unit = -rest.max()
    lo, hi = 0.0, 1.0
    while worst(hi * unit) <= eps:
        hi = hi * 2
    for _ in range(150):
        mid = 0.5 * (lo + hi)
        if worst(mid * unit) <= eps:
            lo = mid
        else:
            hi = mid
    return lo * unit
