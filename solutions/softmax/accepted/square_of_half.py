"""The square of the softmax at twice the temperature, normalised: the power form, kept away from underflow."""

import numpy as np


def softmax_temperature(z, tau, axis=-1):
    """Use that q(tau) is q(2 tau) squared and normalised."""
    z = np.asarray(z, dtype=np.float64)
    tau = np.asarray(tau, dtype=np.float64)
    if z.ndim == 0 or z.shape[axis] == 0:
        raise ValueError("z must be an array with logits")
    if not (tau > 0).all():
        raise ValueError("tau must be positive")
    peak = z.max(axis=axis, keepdims=True)
    if not np.isfinite(peak).all():
        raise ValueError("logits must be finite or -inf, and not all -inf")
    with np.errstate(over="ignore", invalid="ignore"):
        root = np.exp((z - peak) / tau / 2.0)
    square = np.where(np.isneginf(z), 0.0, root * root)
    return square / square.sum(axis=axis, keepdims=True)
