import numpy as np

def softmax_temperature(z, tau, axis=-1):
    z = np.asarray(z, dtype=float)
    if tau <= 0
        raise ValueError("tau must be positive")
    z = z - z.max(axis=axis, keepdims=True)
    e = np.exp(z / tau)
    return e / e.sum(axis=axis, keepdims=True)
