import numpy as np


def hot_certificate(z, eps):
    z = np.array(z, dtype=np.float64)
    if z.ndim != 1 or z.size == 0 or not np.isfinite(z.max()):
        raise ValueError("z must be one row with a finite maximum")
    if not eps > 0:
        raise ValueError("eps must be positive")
    z = z[np.isfinite(z)] - z.max()
    V, m, spread = z.size, np.count_nonzero(z == 0), -z.min()
    worst = max(1 / m - 1 / V, 1 / V) if spread > 0 else 0.0
    if worst <= eps:
        return 0.0
    u = z / spread  # 0 down to -1

    def off(x):  # x = spread / tau
        e = np.expm1(u * x)
        top = -e.mean()
        bottom = e.mean() - e.min()
        return max(top, bottom) / (V + e.sum())

    low, high = 0.0, 1.0
    while off(high) <= eps:
        low, high = high, 2 * high
    for _ in range(200):
        mid = (low + high) / 2
        if off(mid) <= eps:
            low = mid
        else:
            high = mid
    return float(spread / low * (1 + 1e-10))
