"""The root of the slope by scipy's brentq, in log T, on a bracket that grows."""

import numpy as np
from scipy import optimize, special


def fit_temperature(logits, labels):
    """Let scipy look for the root."""
    z = np.array(logits, dtype=float)
    y = np.array(labels)
    if z.ndim != 2 or not z.size or not np.all(np.isfinite(z)):
        raise ValueError("logits are rows of finite numbers")
    if y.ndim != 1 or len(y) != len(z) or (y < 0).any() or (y >= z.shape[1]).any():
        raise ValueError("a label is a token of its row")
    label = np.take_along_axis(z, y.reshape(-1, 1).astype(int), axis=1)[:, 0]  # (N,)
    top = z.max(axis=1)
    if np.all(label == top):
        raise ValueError("all labels are right: the loss falls as T falls")
    scale = np.ptp(z, axis=1).max()
    if label.mean() - z.mean() <= 1e-12 * scale:
        raise ValueError("the labels are no better than chance")

    def slope(log_t):
        q = special.softmax((z - top[:, None]) / np.exp(log_t), axis=1)
        return np.mean(np.sum(q * (z - top[:, None]), axis=1) - (label - top))

    at_one = slope(0.0)
    word = "over" if at_one > 0 else "under"
    if abs(at_one) < 1e-9 * scale:
        word = "calibrated"
    a = b = np.log(scale)
    while slope(a) <= 0:
        a -= 1.0
    while slope(b) >= 0:
        b += 1.0
    return float(np.exp(optimize.brentq(slope, a, b, xtol=1e-13, rtol=1e-15))), word
