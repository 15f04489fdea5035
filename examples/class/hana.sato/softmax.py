import numpy as np


def softmax_temperature(z, tau, axis=-1):
    z = np.asarray(z, dtype=float)
    if tau <= 0:
        raise ValueError("tau must be > 0")
    e = np.exp((z - z.max(axis=axis, keepdims=True)) / tau)
    return e / e.sum(axis=axis, keepdims=True)


tau = float(input("tau? "))
print(softmax_temperature([2.0, 1.0, 0.1], tau))
