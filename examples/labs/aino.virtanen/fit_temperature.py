import numpy as np


def fit_temperature(logits, labels):
    z = np.array(logits, dtype=np.float64)
    y = np.asarray(labels)
    if z.ndim != 2 or z.size == 0 or not np.isfinite(z).all():
        raise ValueError("logits must be a finite (N, V) array")
    n, V = z.shape
    if y.shape != (n,) or y.min() < 0 or y.max() >= V:
        raise ValueError("labels must be N tokens from 0 to V - 1")
    z = z - z.max(axis=1, keepdims=True)
    given = z[np.arange(n), y]
    scale = -z.min()
    if given.max() == given.min() == 0 or given.mean() <= z.mean(axis=1).mean() + 1e-14 * scale:
        raise ValueError("no temperature is best for these labels")

    def slope(beta):
        w = np.exp(beta * z)
        return np.mean((w * z).sum(axis=1) / w.sum(axis=1) - given)

    at_one = slope(1.0)
    if abs(at_one) <= 1e-9 * scale:
        word = "calibrated"
    else:
        word = "over" if at_one > 0 else "under"

    low, high = 0.0, 1.0 / scale
    while slope(high) < 0:
        low, high = high, 2 * high
    for _ in range(200):
        mid = (low + high) / 2
        low, high = (mid, high) if slope(mid) < 0 else (low, mid)
    return float(1 / high), word
