"""Tokens in order of their logits, so that the largest one stands at a known place and small weights add up first."""

import numpy as np


def softmax_temperature(z, tau, axis=-1):
    """Sort, weigh, add from the smallest to the largest, and undo the sorting."""
    z = np.asarray(z, dtype=np.float64)
    tau = np.asarray(tau, dtype=np.float64)
    if z.ndim == 0 or np.any(~(tau > 0)):
        raise ValueError("z must be an array and tau above 0")
    if z.shape[axis] == 0 or np.isnan(z).any():
        raise ValueError("a row is empty or holds nan")
    rank = np.argsort(z, axis=axis, kind="stable")
    rising = np.take_along_axis(z, rank, axis=axis)
    last = np.take(rising, [-1], axis=axis)
    if not np.isfinite(last).all():
        raise ValueError("the largest logit of a row must be finite")
    with np.errstate(over="ignore", invalid="ignore"):
        weight = np.nan_to_num(np.exp((rising - last) / tau), nan=0.0)  # nan is a mask at tau = inf: -inf / inf
    running = np.cumsum(weight, axis=axis)
    q = np.empty(z.shape)
    np.put_along_axis(q, rank, weight / np.take(running, [-1], axis=axis), axis=axis)
    return q
