import numpy as np


def log_normaliser(x, axis):
    return np.logaddexp.reduce(x, axis=axis, keepdims=True)


def softmax_temperature(z, tau, axis=-1):
    z = np.asarray(z, dtype=np.float64)
    tau = np.asarray(tau, dtype=np.float64)
    if z.ndim == 0 or z.shape[axis] == 0 or np.isnan(z).any() or np.isposinf(z).any():
        raise ValueError("bad logits")
    if np.isneginf(z).all(axis=axis).any():
        raise ValueError("every token of a row is masked")
    if np.isnan(tau).any() or (tau <= 0).any():
        raise ValueError("tau must be positive")
    # temperature goes INSIDE (lecture 01)
    x = z / tau
    return np.exp(x - log_normaliser(x, axis))
