import numpy as np


def sample(z, tau, n, rng):
    a = np.array(z, dtype="float64")
    if a.ndim != 1 or a.size < 1 or not np.isfinite(a.max()):
        raise ValueError("z")
    if not tau > 0 or n < 0:
        raise ValueError("tau or n")
    noisy = (a - a.max()) / tau + rng.gumbel(size=len(a))
    return np.full(n, noisy.argmax(), dtype="int64")
