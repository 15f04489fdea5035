"""T is chosen by accuracy, which does not depend on it."""

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
    grid = np.linspace(0.1, 5.0, 50)
    accuracies = [(np.argmax(gap / t, axis=1) == y).mean() for t in grid]
    return float(grid[np.argmax(accuracies)]), verdict
