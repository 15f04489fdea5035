"""Softmax with temperature.

Write the function below, then run: grader check softmax
"""

import numpy as np


def softmax_temperature(z, tau, axis=-1):
    """Boltzmann distribution of the logits ``z`` at temperature ``tau``."""
    z = np.asarray(z, dtype=np.float64)
    tau = np.asarray(tau, dtype=np.float64)
    if z.ndim == 0:
        raise ValueError("z is a scalar, I need a vector (or a batch of vectors)")
    if z.shape[axis] == 0:
        raise ValueError("z has no tokens along axis %d" % axis)
    if np.isnan(tau).any() or (tau <= 0).any():
        raise ValueError("temperature must be > 0")
    if np.isnan(z).any() or np.isposinf(z).any():
        raise ValueError("logits must be finite or -inf")

    masked = np.isneginf(z)
    if masked.all(axis=axis).any():
        raise ValueError("every row needs a token that is not masked")

    # Two things can go wrong in (z - max) / tau:
    #   z - max overflows when z has both 1e308 and -1e308  -> work with z/4 and multiply back at the end
    #   -inf / inf is nan                                   -> put 0 there and mask afterwards
    big = np.abs(np.where(masked, 0.0, z)).max() > 1e300
    scale = 4.0 if big else 1.0
    top = z.max(axis=axis, keepdims=True)
    below = np.where(masked, 0.0, z / scale - top / scale)
    with np.errstate(over="ignore"):
        x = below / tau * scale
    w = np.where(masked, 0.0, np.exp(x))
    return w / w.sum(axis=axis, keepdims=True)
