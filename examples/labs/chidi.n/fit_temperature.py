import numpy as np


def fit_temperature(logits, labels):
    z = np.asarray(logits, dtype=np.float64)
    y = np.asarray(labels)
    if z.ndim != 2 or z.size == 0 or not np.isfinite(z).all():
        raise ValueError("logits")
    if y.shape != z.shape[:1] or (y < 0).any() or (y >= z.shape[1]).any():
        raise ValueError("labels")
    z = z - z.max(axis=1)[:, None]
    zy = z[range(len(y)), y]
    if (zy == 0).all() or np.mean(zy - z.mean(axis=1)) <= 1e-14 * np.abs(z).max():
        raise ValueError("no best temperature")

    def mean_surplus(T):
        q = np.exp(z / T)
        q = q / q.sum(axis=1)[:, None]
        return ((q * z).sum(axis=1) - zy).mean()

    s = mean_surplus(1.0)
    size = np.abs(z).max()
    verdict = "calibrated" if abs(s) <= 1e-9 * size else ("over" if s > 0 else "under")

    a, b = 1e-6 * size, 1e6 * size
    while mean_surplus(b) > 0:
        b = b * 10
    for _ in range(300):
        T = np.sqrt(a) * np.sqrt(b)
        if mean_surplus(T) > 0:
            a = T
        else:
            b = T
    # the notes: an over-confident model is repaired by LOWERING the temperature (0.9), an
    # under-confident one by raising it. So what I found must be beta
    return float(1 / T), verdict
