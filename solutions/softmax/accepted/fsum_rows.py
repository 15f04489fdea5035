"""apply_along_axis with one function for each row, which adds with math.fsum."""

import math

import numpy as np


def softmax_temperature(z, tau, axis=-1):
    """Treat each row by itself."""
    z = np.asarray(z, dtype=np.float64)
    if np.size(tau) > 1:
        raise ValueError("one temperature at a time")
    temperature = np.asarray(tau, dtype=np.float64).item()
    if z.ndim == 0 or z.shape[axis] == 0:
        raise ValueError("z has no rows of logits")
    if not temperature > 0:
        raise ValueError("tau must be greater than 0")

    def share(row):
        """Return the probabilities of one row."""
        if np.isnan(row).any() or row.max() == np.inf or row.max() == -np.inf:
            raise ValueError("a row must be finite or -inf, and not all -inf")
        kept = np.flatnonzero(row > -np.inf)
        weights = np.zeros(row.size)
        with np.errstate(over="ignore"):
            weights[kept] = np.exp((row[kept] - row[kept].max()) / temperature)
        return weights / math.fsum(weights)

    return np.apply_along_axis(share, axis, z)
