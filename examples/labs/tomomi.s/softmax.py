import numpy as np


def softmax_temperature(z, tau, axis=-1):
    z = np.asarray(z, dtype=np.float64)
    tau = np.asarray(tau, dtype=np.float64)
    if z.ndim < 1 or z.shape[axis] < 1:
        raise ValueError("no token")
    if not (tau > 0).all():
        raise ValueError("tau")
    best = z.max(axis, keepdims=True)
    if not (np.abs(best) < np.inf).all():
        raise ValueError("z")
    # quarter everything first: then no difference of two floats can overflow
    quarter = z / 4 - best / 4
    alive = z > -np.inf
    x = np.divide(quarter, tau / 4, out=np.full(np.broadcast(z, tau).shape, -np.inf), where=alive)
    w = np.exp(x)
    return w / w.sum(axis, keepdims=True)
