"""One pass: a running maximum and a running sum that is rescaled whenever the maximum grows."""

import numpy as np


def softmax_temperature(z, tau, axis=-1):
    """Work as a streaming softmax does (Milakov and Gimelshein, 2018)."""
    tokens = np.moveaxis(np.asarray(z, dtype=np.float64), axis, 0) if np.ndim(z) else np.empty((0,))  # (V, ...)
    tau = np.asarray(tau, dtype=np.float64)
    if len(tokens) == 0 or not np.all(tau > 0):
        raise ValueError("z must hold logits, and tau must be above 0")
    if not np.all(tokens < np.inf):
        raise ValueError("a logit is nan or inf")
    if tau.ndim:
        tau = np.moveaxis(np.broadcast_to(tau, np.shape(z)), axis, 0)[0]
    largest, total = np.full(tokens.shape[1:], -np.inf), np.zeros(tokens.shape[1:])
    with np.errstate(over="ignore", invalid="ignore"):
        for token in tokens:
            higher = np.maximum(largest, token)
            old = np.where(np.isneginf(largest), 0.0, total * np.exp((largest - higher) / tau))
            total = old + np.where(np.isneginf(token), 0.0, np.exp((token - higher) / tau))
            largest = higher
        if np.isneginf(largest).any():
            raise ValueError("a row is masked from end to end")
        q = np.where(np.isneginf(tokens), 0.0, np.exp((tokens - largest) / tau) / total)
    return np.moveaxis(q, 0, axis)
