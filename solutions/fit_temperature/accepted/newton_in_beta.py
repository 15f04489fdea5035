"""Newton's method on the convex loss in beta = 1 / T, kept inside a bracket."""

import numpy as np


def fit_temperature(logits, labels):
    """Step by slope over curvature, and halve where a step would leave the bracket."""
    table, right = np.asarray(logits, dtype=np.float64), np.asarray(labels, dtype=np.int64)
    if table.ndim != 2 or table.size == 0 or not np.isfinite(table).all():
        raise ValueError("no table of logits")
    count, tokens = table.shape
    if right.shape != (count,) or right.min() < 0 or right.max() >= tokens:
        raise ValueError("no labels for this table")
    scale = float((table.max(axis=1) - table.min(axis=1)).max())
    if scale == 0:
        raise ValueError("all logits are equal")
    x = (table - table.max(axis=1)[:, np.newaxis]) / scale  # (N, V), from -1 to 0
    target = x[range(count), right].mean()
    if target == 0:
        raise ValueError("every label is the most probable token")

    def slope_and_curvature(beta):
        q = np.exp(beta * x)
        q /= q.sum(axis=1, keepdims=True)
        mean = (q * x).sum(axis=1, keepdims=True)
        return mean.mean() - target, (q * (x - mean) ** 2).sum(axis=1).mean()

    if slope_and_curvature(0.0)[0] >= -1e-12:
        raise ValueError("the labels do not have the larger logits")
    first = slope_and_curvature(scale)[0]
    lower, upper = 0.0, 1.0
    while slope_and_curvature(upper)[0] < 0:
        upper *= 2
    beta = upper / 2
    for _ in range(200):
        slope, curvature = slope_and_curvature(beta)
        lower, upper = (lower, beta) if slope > 0 else (beta, upper)
        step = beta - slope / curvature if curvature > 0 else -1.0
        new = step if lower < step < upper else (lower + upper) / 2
        if abs(new - beta) <= 1e-15 * beta:
            break
        beta = new
    words = {1: "over", -1: "under"}
    return float(scale / beta), "calibrated" if abs(first) <= 1e-9 else words[int(np.sign(first))]
