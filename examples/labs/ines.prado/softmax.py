import numpy as np


def softmax_temperature(z, tau, axis=-1):
    z = np.asarray(z, dtype=float)
    p = np.exp((z - z.max(axis=axis, keepdims=True)) / tau)
    p = p / p.sum(axis=axis, keepdims=True)
    return p
