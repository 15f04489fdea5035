"""The textbook: accept with q / (M p), M the largest q / p, and return 1 / M as the rate."""

import numpy as np
from scipy.special import softmax


def thin(z, tau, n, rng):
    """Work with both laws, on unmasked tokens only."""
    z = np.asarray(z, dtype=np.float64)
    if z.ndim != 1 or z.size == 0 or not np.isfinite(np.max(z)):
        raise ValueError("z")
    if not (np.isfinite(tau) and tau > 0):
        raise ValueError("tau")
    if n < 1:
        raise ValueError("n")
    names = np.nonzero(np.isfinite(z))[0]
    p, q = softmax(z[names]), softmax((z[names] - z.max()) / tau)
    bound = (q / p).max()
    out = np.empty(0, dtype=np.int64)
    while out.size < n:
        batch = rng.choice(names.size, size=1000, p=p)
        coin = rng.uniform(size=1000)
        out = np.append(out, names[batch[coin * bound <= q[batch] / p[batch]]])
    return out[:n], float(1 / bound)
