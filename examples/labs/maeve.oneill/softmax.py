import numpy as np


def softmax(x, axis, tau=1):
    x = x / tau
    x = x - x.max(axis=axis, keepdims=True)
    return np.exp(x) / np.exp(x).sum(axis=axis, keepdims=True)


def softmax_temperature(z, tau, axis=-1):
    z = np.array(z, dtype=float)
    tau = np.array(tau, dtype=float)
    if z.ndim == 0 or z.shape[axis] == 0:
        raise ValueError("z is empty")
    if np.isnan(tau).any() or (tau <= 0).any():
        raise ValueError("tau has to be positive")
    if np.isnan(z).any() or (z == np.inf).any() or (z == -np.inf).all(axis=axis).any():
        raise ValueError("z has a bad logit")
    z = z / tau                      # scale first
    return softmax(z, axis, tau)     # then normalise
