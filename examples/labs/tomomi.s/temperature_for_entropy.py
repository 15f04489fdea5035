import numpy as np


def temperature_for_entropy(z, h):
    z = np.asarray(z, dtype=np.float64)
    if z.ndim != 1 or z.size == 0 or not abs(z.max()) < np.inf:
        raise ValueError("z")
    gap = z.max() - z[z > -np.inf]
    m, n = int(np.sum(gap == 0)), len(gap)
    if not np.log(m) < h < np.log(n):
        raise ValueError("h")
    unit = gap.max()
    gap = gap / unit

    def entropy(beta):
        w = np.exp(-gap * beta)
        q = w / w.sum()
        return np.log(w.sum()) + beta * (q @ gap)

    cold, hot = 1.0, 1.0
    while entropy(cold) > h:
        cold *= 4
    while entropy(hot) < h:
        hot /= 4
    for _ in range(200):
        beta = np.sqrt(cold * hot)
        if entropy(beta) > h:
            hot = beta
        else:
            cold = beta
    return float(unit / beta)
