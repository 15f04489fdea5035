import numpy as np


def temperature_for_entropy(z, h):
    z = np.array(z, dtype=np.float64)
    if z.ndim != 1 or z.size == 0 or not np.isfinite(z.max()):
        raise ValueError("z must be one row with a finite maximum")
    d = z.max() - z[np.isfinite(z)]
    m = np.count_nonzero(d == 0)
    if not np.log(m) < h < np.log(d.size):
        raise ValueError("no temperature has this entropy")
    spread = d.max()
    d = d / spread

    def H(t):
        x = np.minimum(d / t, 800)
        w = np.exp(-x)
        return np.log(w.sum()) + (w @ x) / w.sum()

    low, high = np.log(1e-20), np.log(1e12)
    for _ in range(120):
        mid = (low + high) / 2
        if H(np.exp(mid)) < h:
            low = mid
        else:
            high = mid
    return float(np.exp((low + high) / 2) * spread)
