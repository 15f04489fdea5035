"""In log space: the log-probability is the exponent minus the logsumexp of its row."""

import numpy as np
from scipy.special import logsumexp


def softmax_temperature(z, tau, axis=-1):
    """Normalise by subtraction, and exponentiate once."""
    z = np.asarray(z, dtype=np.float64)
    tau = np.asarray(tau, dtype=np.float64)
    if not z.ndim or not z.shape[axis]:
        raise ValueError("z is empty or a single number")
    if np.any(~(tau > 0)):
        raise ValueError("tau is not positive")
    masked = np.isneginf(z)
    if np.any(~np.isfinite(z) & ~masked) or masked.all(axis=axis).any():
        raise ValueError("z holds nan, inf or a row of masks")
    with np.errstate(invalid="ignore", over="ignore"):
        x = (z - z.max(axis=axis, keepdims=True)) / tau
    x[masked] = -np.inf
    return np.exp(x - logsumexp(x, axis=axis, keepdims=True))
