import numpy as np


def softmax_temperature(z, tau, axis=-1):
    logits = np.array(z, dtype=np.float64)
    temp = np.asarray(tau, dtype=np.float64)
    if logits.ndim == 0 or logits.shape[axis] == 0:
        raise ValueError("z must have at least one token per row")
    if not np.all(temp > 0):
        raise ValueError("tau must be positive")
    top = np.max(logits, axis=axis, keepdims=True)
    if not np.all(np.isfinite(top)):  # nan, +inf, or everything masked
        raise ValueError("bad logits")
    masked = np.isneginf(logits)
    x = np.where(masked, 0.0, logits - top) / temp
    w = np.where(masked, 0.0, np.exp(x))
    return w / np.sum(w, axis=axis, keepdims=True)
