"""Bad input fails an assertion."""

import numpy as np


def sample(z, tau, n, rng):
    z = np.asarray(z, dtype=np.float64)
    assert z.ndim == 1 and z.size > 0 and np.isfinite(z.max())
    assert tau > 0
    assert n >= 0
    noise = rng.gumbel(size=(n, z.size))
    return ((z - z.max()) / tau + noise).argmax(axis=1)
