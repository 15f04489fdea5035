"""Exponential clocks race, each with the weight of its token as its speed; the first to ring wins."""

import numpy as np


def sample(z, tau, n, rng):
    """Return who is first."""
    z = np.asarray(z, dtype=np.float64)
    if z.ndim != 1 or z.size < 1 or not np.isfinite(np.max(z)) or not tau > 0 or n < 0:
        raise ValueError("no law to draw from")
    speed = np.exp((z - np.max(z)) / tau)
    with np.errstate(divide="ignore"):
        rings = rng.standard_exponential((n, z.size)) / speed
    return np.argmin(rings, axis=1)
