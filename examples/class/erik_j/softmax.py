import numpy as np


def softmax_temperature(z, tau, axis=-1):
    z = np.asarray(z, dtype=float)
    tau = np.asarray(tau, dtype=float)
    if z.ndim == 0 or z.shape[axis] == 0:
        raise ValueError("empty z")
    if not (tau > 0).all():
        raise ValueError("tau must be > 0")
    zmax = z.max(axis=axis, keepdims=True)
    if not np.isfinite(zmax).all():
        raise ValueError("invalid z")
    e = np.exp((z - zmax) / tau)
    result = e / e.sum(axis=axis, keepdims=True)
    return result.tolist()  # plain list, easier to print
