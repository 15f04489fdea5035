import numpy as np

DEBUG = True


def softmax_temperature(z, tau, axis=-1):
    z = np.asarray(z, dtype=np.float64)
    tau = np.asarray(tau, dtype=np.float64)
    if DEBUG:
        print("z =", z, "shape", z.shape)
        print("tau =", tau)
    if z.ndim == 0 or z.shape[axis] == 0:
        raise ValueError("z is empty")
    if (~(tau > 0)).any():
        raise ValueError("tau")
    best = z.max(axis=axis, keepdims=True)
    if not np.isfinite(best).all():
        raise ValueError("z")
    ex = np.exp((z - best) / tau)
    total = np.sum(ex)            # sum over everything
    if DEBUG:
        print("total =", total)
    probs = ex / total
    return probs
