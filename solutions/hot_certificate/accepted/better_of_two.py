"""The better of two bounds: that of the statement's hint and the tangent bound for the total variation."""

import numpy as np


def hot_certificate(z, eps):
    """No difference exceeds the total variation, and that is at most tanh(D / (4 tau))."""
    row = np.ravel(np.asarray(z, dtype=np.float64))
    if np.ndim(z) != 1 or row.size == 0 or not np.isfinite(row.max()):
        raise ValueError("logits: one row, finite or -inf, one of them finite")
    if not eps > 0:
        raise ValueError("eps: above 0")
    row = row[row > -np.inf]
    wide = np.max(row) - np.min(row)
    values, counts = np.unique(row, return_counts=True)
    if values.size == 1 or not eps < max(1 / counts[-1] - 1 / row.size, 1 / row.size):
        return 0.0
    bounds = [wide / np.log(1 + row.size * eps)]
    if eps < 1:
        bounds.append(wide / 4 / np.arctanh(eps))
    return float(np.min(bounds))
