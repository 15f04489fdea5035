"""One factor for each token: rho to the power of minus its sign."""

import numpy as np


def repetition_penalty(z, used, rho):
    """Multiply all tokens, most of them by 1."""
    row = np.asarray(z, dtype=np.float64)
    if row.ndim != 1 or row.size == 0 or not np.isfinite(row.max()):
        raise ValueError("no row of logits")
    if not 0.0 < rho < float("inf"):
        raise ValueError("no penalty")
    factor = np.ones(row.size)
    for token in used:
        if not 0 <= token < row.size:
            raise ValueError("no such token")
        factor[token] = rho ** -np.sign(row[token])
    return row * factor
