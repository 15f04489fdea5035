"""The noise is multiplied instead of dividing the logits, and made from uniform numbers."""

import numpy as np


def sample(z, tau, n, rng):
    """Add noise of scale tau to the logits themselves."""
    z = np.array(z, dtype=float)
    if z.ndim != 1 or not z.size:
        raise ValueError("one row of logits is needed")
    if np.isnan(z).any() or np.isposinf(z).any() or np.isneginf(z).all():
        raise ValueError("logits must be finite or -inf")
    if np.isnan(tau) or tau <= 0 or n < 0:
        raise ValueError("tau must be above 0, and n not below")
    uniform = rng.random((n, len(z)))
    with np.errstate(divide="ignore"):
        gumbel = -np.log(-np.log(uniform))
    return np.argmax(z + tau * gumbel, axis=1)
