"""Subtract the maximum, then divide: exact for near ties, but the difference of two huge logits overflows."""

import numpy as np


def softmax_temperature(z, tau, axis=-1):
    """Shift, scale, exponentiate, normalise."""
    z = np.asarray(z, dtype=np.float64)
    tau = np.asarray(tau, dtype=np.float64)
    if z.ndim == 0 or z.shape[axis] == 0:
        raise ValueError("z must hold at least one logit in each row")
    if not np.all(tau > 0):
        raise ValueError("tau must be greater than 0")
    top = np.max(z, axis=axis, keepdims=True)
    if not np.all(np.isfinite(top)):
        raise ValueError("z must be finite or -inf, with one finite logit in each row")
    with np.errstate(over="ignore", invalid="ignore"):
        e = np.where(z == -np.inf, 0.0, np.exp((z - top) / tau))
    return e / np.sum(e, axis=axis, keepdims=True)
