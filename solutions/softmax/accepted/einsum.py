"""Tokens are moved to the last axis, and einsum adds them up."""

import numpy as np


def softmax_temperature(z, tau, axis=-1):
    """Normalise with einsum."""
    z = np.asarray(z, dtype=np.float64)
    if z.ndim == 0:
        raise ValueError("z is a single number")
    tau = np.broadcast_to(np.asarray(tau, dtype=np.float64), z.shape)
    if np.isnan(tau).any() or (tau <= 0).any():
        raise ValueError("tau must be positive")
    rows, tau = np.moveaxis(z, axis, -1), np.moveaxis(tau, axis, -1)  # (..., V)
    if rows.shape[-1] == 0 or (np.amax(rows, axis=-1) == -np.inf).any():
        raise ValueError("a row has no token left")
    if np.isnan(rows).any() or np.isposinf(rows).any():
        raise ValueError("a logit is nan or inf")
    rows = rows - np.amax(rows, axis=-1)[..., np.newaxis]
    weights = np.zeros_like(rows)
    alive = rows > -np.inf
    with np.errstate(over="ignore"):
        weights[alive] = np.exp(rows[alive] / tau[alive])
    shares = np.einsum("...v,...->...v", weights, 1.0 / np.einsum("...v->...", weights))
    return np.moveaxis(shares, -1, axis)
