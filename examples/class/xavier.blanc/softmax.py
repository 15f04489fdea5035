import numpy as np


def softmax_temperature(z, tau, axis=-1):
    z = np.asarray(z, dtype=float)
    tau = np.asarray(tau, dtype=float)
    if np.isnan(z).any() or np.isnan(tau).any() or np.isposinf(z).any():
        raise ValueError("nan / inf")
    if z.size == 0 or z.ndim == 0:
        raise ValueError("nothing to normalise")
    if np.isneginf(z).all(axis=axis).any():
        raise ValueError("masked row")
    tau = np.maximum(tau, 1e-4)            # tau = 0 would divide by zero
    e = np.exp((z - z.max()) / tau)        # shift by the max
    return e / e.sum(axis=axis, keepdims=True)
