"""The noise is added to log-probabilities, which differ from tempered logits by a constant."""

import numpy as np
from scipy import special


def sample(z, tau, n, rng):
    """Temper, normalise, add noise."""
    z = np.asarray(z, dtype=np.float64)
    if z.ndim != 1 or len(z) == 0 or not np.isfinite(z.max()):
        raise ValueError("z is no row of logits")
    if not 0 < tau < np.inf or n < 0:
        raise ValueError("tau or n is out of range")
    log_q = special.log_softmax((z - z.max()) / tau)
    return np.array([np.argmax(log_q + rng.gumbel(size=z.size)) for _ in range(n)], dtype=np.int64)
