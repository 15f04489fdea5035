import numpy as np


def cold_certificate(z, eps):
    z = np.array(z, dtype=np.float64)
    if z.ndim != 1 or z.size == 0 or not np.isfinite(z.max()):
        raise ValueError("z must be one row with a finite maximum")
    if not eps > 0:
        raise ValueError("eps must be positive")
    gaps = z.max() - z[np.isfinite(z)]
    m = np.count_nonzero(gaps == 0)
    gaps = gaps[gaps > 0]
    if gaps.size == 0 or eps >= gaps.size / (m + gaps.size):
        return np.inf
    # distance = R / (m + R) <= eps   <=>   log R <= log(m eps / (1 - eps))
    target = np.log(m) + np.log(eps) - np.log1p(-eps)
    g = gaps.min()
    steps = gaps / g

    def log_rest(x):  # x = g / tau
        return -x + np.log(np.exp(-(steps - 1) * x).sum())

    low, high = 0.0, np.log(gaps.size) - target + 1.0
    for _ in range(200):
        mid = (low + high) / 2
        if log_rest(mid) <= target:
            high = mid
        else:
            low = mid
    return float(g / high)
