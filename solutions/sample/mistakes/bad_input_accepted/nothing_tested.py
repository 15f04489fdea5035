"""Nothing is tested."""

import numpy as np


def sample(z, tau, n, rng):
    z = np.asarray(z, dtype=np.float64)
    noise = rng.gumbel(size=(n, z.size))
    return ((z - z.max()) / tau + noise).argmax(axis=1)
