import numpy as np


def softmax_temperature(z, tau, axis=-1):
    x = np.array(z, np.float64)
    T = np.array(tau, np.float64)
    if x.ndim == 0 or x.shape[axis] == 0 or np.isnan(x).any() or (x == np.inf).any():
        raise ValueError("z")
    if (T <= 0).any() or np.isnan(T).any():
        raise ValueError("tau")
    m = np.maximum.reduce(x, axis=axis, keepdims=True)
    if (m == -np.inf).any():
        raise ValueError("all masked")
    beta = 1 / T if (T > 1e-300).all() else None
    e = np.exp((x - m) * beta) if beta is not None and np.isfinite(beta).all() and (beta > 0).all() else np.exp((x - m) / T)
    return e / np.add.reduce(e, axis=axis, keepdims=True)
