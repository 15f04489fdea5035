import numpy as np


def softmax_temperature(z, tau, axis=-1):
    weights = np.exp(np.asarray(z) * tau)
    return weights / weights.sum(axis=axis, keepdims=True)
