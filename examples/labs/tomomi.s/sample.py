import numpy as np


def sample(z, tau, n, rng):
    z = np.asarray(z, dtype=np.float64)
    if z.ndim != 1 or z.size == 0 or not abs(z.max()) < np.inf:
        raise ValueError("z")
    if not tau > 0 or n < 0:
        raise ValueError("tau or n")
    # the first of V exponential clocks to ring; in logarithms, so that nothing overflows
    ring = np.log(rng.exponential(size=(n, len(z)))) - (z - z.max()) / tau
    return ring.argmin(axis=1).astype(np.int64)
