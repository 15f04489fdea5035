import numpy as np

EPS = np.finfo(float).eps  # to be safe: never divide by zero


def softmax_temperature(z, tau, axis=-1):
    x = np.asarray(z, np.float64)
    tau = np.asarray(tau, np.float64)
    if x.ndim == 0 or x.shape[axis] == 0:
        raise ValueError("empty input")
    if np.isnan(tau).any() or (tau <= 0).any():
        raise ValueError("temperature has to be positive")
    hi = np.max(x, axis=axis, keepdims=True)
    if np.isnan(hi).any() or np.isinf(hi).any():
        raise ValueError("bad row")
    e = np.exp((x - hi) / (tau + EPS))
    return e / np.sum(e, axis=axis, keepdims=True)
