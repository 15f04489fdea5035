"""The noise comes from scipy, and tokens without a mask are looked up by their places."""

import numpy as np
from scipy import stats


def sample(z, tau, n, rng):
    """Draw among the unmasked tokens, and return their places."""
    z = np.asarray(z, dtype=np.float64)
    if z.ndim != 1 or np.isnan(z).any() or (z == np.inf).any() or not (z > -np.inf).any():
        raise ValueError("no logit is finite, or one is not allowed")
    if not tau > 0 or n < 0:
        raise ValueError("tau must be positive, n not negative")
    (places,) = np.nonzero(z > -np.inf)
    noise = stats.gumbel_r.rvs(size=(n, places.size), random_state=rng)
    return places[np.argmax(z[places] / tau + noise, axis=1)]
