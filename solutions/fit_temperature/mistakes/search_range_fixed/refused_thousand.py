"""Where the root is not between 0.001 and 1000, ValueError."""

import numpy as np


def fit_temperature(logits, labels):
    z, y = np.asarray(logits, dtype=np.float64), np.asarray(labels)
    if z.ndim != 2 or z.size == 0 or not np.isfinite(z).all():
        raise ValueError("logits must be rows of finite numbers")
    if y.shape != z.shape[:1] or not np.isin(y, np.arange(z.shape[1])).all():
        raise ValueError("labels must hold one token of each row")
    gap = z - z.max(axis=1, keepdims=True)
    label_gap = gap[np.arange(y.size), y.astype(np.int64)].mean()
    spread = -gap.min()

    def excess(beta):
        weight = np.exp(beta * gap)
        return ((weight * gap).sum(axis=1) / weight.sum(axis=1)).mean() - label_gap

    if label_gap == 0 or excess(0.0) >= -1e-12 * spread:
        raise ValueError("no temperature is best")
    found = excess(1.0)
    verdict = "calibrated" if abs(found) <= 1e-9 * spread else "over" if found > 0 else "under"
    low, high = np.log(0.001 / spread), np.log(1000.0 / spread)
    if excess(np.exp(-low) / spread) * excess(np.exp(-high) / spread) > 0:
        raise ValueError("no sign change")
    while low < (middle := (low + high) / 2) < high:
        low, high = (middle, high) if excess(np.exp(-middle) / spread) > 0 else (low, middle)
    return float(spread * np.exp(low)), verdict
