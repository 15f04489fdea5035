import numpy as np

DECIMALES = 6


def softmax_temperature(z, tau, axis=-1):
    z = np.asarray(z, dtype=float)
    tau = np.asarray(tau, dtype=float)
    if z.ndim == 0 or z.shape[axis] == 0:
        raise ValueError("z vacío")
    if not np.all(tau > 0):
        raise ValueError("tau > 0!!")
    zmax = z.max(axis=axis, keepdims=True)
    if not np.all(np.isfinite(zmax)):
        raise ValueError("revisa los logits")
    e = np.exp((z - zmax) / tau)
    q = e / e.sum(axis=axis, keepdims=True)
    # en el ejemplo salen con pocos decimales, dejo 6 para ir sobrada
    return q.round(DECIMALES)
