"""No shift and no sum of weights: one over the sum of the odds against each token."""

import numpy as np


def softmax_temperature(z, tau, axis=-1):
    """Compare every token with every other one: q_i = 1 / sum_j exp((z_j - z_i) / tau)."""
    z = np.asarray(z, dtype=np.float64)
    tau = np.asarray(tau, dtype=np.float64)
    if z.ndim == 0 or z.shape[axis] == 0 or not np.all(tau > 0):
        raise ValueError("z must be an array with logits, and tau above 0")
    if np.isnan(z).any() or (z == np.inf).any() or not (z > -np.inf).any(axis=axis).all():
        raise ValueError("logits must be finite or -inf, and not all -inf")
    z = np.moveaxis(z, axis, -1)[..., np.newaxis]  # (..., V, 1)
    if tau.ndim:
        tau = np.moveaxis(np.broadcast_to(tau, np.moveaxis(z[..., 0], -1, axis).shape), axis, -1)[..., np.newaxis]
    masked = np.isneginf(z)
    with np.errstate(over="ignore", invalid="ignore"):
        odds = np.exp((np.swapaxes(z, -1, -2) - z) / tau)  # (..., V, V)
    odds[np.broadcast_to(np.swapaxes(masked, -1, -2), odds.shape)] = 0.0
    odds[np.broadcast_to(masked, odds.shape)] = np.inf
    return np.moveaxis(1.0 / odds.sum(axis=-1), -1, axis)
