"""Divide, subtract the maximum, exponentiate, normalise: the order of torch and jax."""

import numpy as np


def softmax_temperature(z, tau, axis=-1):
    """Work as the kernels of deep-learning libraries do."""
    logits = np.array(z, dtype=np.float64)
    temperature = np.array(tau, dtype=np.float64)
    if not np.all(temperature > 0):
        raise ValueError(f"tau must be positive, not {tau}")
    if logits.ndim == 0:
        raise ValueError("z must be an array")
    if logits.shape[axis] == 0:
        raise ValueError("a row has no logits")
    if np.isnan(logits).any() or np.isposinf(logits).any():
        raise ValueError("a logit is nan or inf")
    allowed = np.isfinite(logits)
    if not allowed.any(axis=axis).all():
        raise ValueError("a row is masked from end to end")
    logits[allowed] = (logits / temperature)[allowed]
    logits -= logits.max(axis=axis, keepdims=True)
    np.exp(logits, out=logits)
    logits /= logits.sum(axis=axis, keepdims=True)
    return logits
