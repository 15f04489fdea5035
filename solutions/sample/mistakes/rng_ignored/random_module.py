"""Python's random module is used."""

import numpy as np
import random


def sample(z, tau, n, rng):
    z = np.asarray(z, dtype=np.float64)
    if z.ndim != 1 or z.size == 0 or not np.isfinite(z.max()):
        raise ValueError("z must be one row of logits, finite or -inf, and not all -inf")
    if not tau > 0:
        raise ValueError("tau must be greater than 0")
    if n < 0:
        raise ValueError("n must not be negative")
    noise = np.array([random.random() for _ in range(n * z.size)]).reshape(n, z.size)
    return ((z - z.max()) / tau - np.log(-np.log(noise))).argmax(axis=1)
