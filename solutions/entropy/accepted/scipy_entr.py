"""The terms are those of scipy.special.entr; adding 0.0 takes the sign off a negative zero."""

import numpy as np
from scipy.special import entr


def entropy(p, axis=-1):
    """Add up scipy's terms."""
    p = np.array(p, dtype=float)
    if np.isnan(p).any() or p.min(initial=0.0) < 0:
        raise ValueError("probabilities must not be negative or nan")
    if np.any(abs(np.sum(p, axis) - 1.0) > 1e-9):
        raise ValueError("each row must sum to 1")
    return entr(p).sum(axis) + 0.0
