import numpy as np


def softmax_temperature(z, tau, axis=-1):
    z = np.asarray(z, dtype=float)
    e = np.exp((z - z.max(axis=axis, keepdims=True)) / tau)
    return e / e.sum(axis=axis, keepdims=True)
