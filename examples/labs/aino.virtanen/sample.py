import numpy as np


def sample(z, tau, n, rng):
    z = np.array(z, dtype=np.float64)
    if z.ndim != 1 or z.size == 0 or not np.isfinite(z.max()):
        raise ValueError("z must be one row with a finite maximum")
    if not tau > 0:
        raise ValueError("tau must be positive")
    if n < 0:
        raise ValueError("n must not be negative")
    score = (z - z.max()) / tau
    noise = rng.gumbel(size=(n, z.size))
    return np.argmax(score + noise, axis=1).astype(np.int64)
