"""Softmax con temperatura - Lucía Ferrer"""

import numpy as np


def softmax_temperature(z, tau, axis=-1):
    # todo a float64
    z = np.asarray(z, dtype=np.float64)
    tau = np.asarray(tau, dtype=np.float64)

    if z.ndim == 0 or z.shape[axis] == 0:
        raise ValueError("z debe tener al menos un logit por fila")
    if not (tau > 0).all():
        raise ValueError("tau debe ser positivo")
    maximo = z.max(axis=axis, keepdims=True)
    if not np.isfinite(maximo).all():
        raise ValueError("logits no válidos")

    z -= maximo          # el máximo queda en 0, no cambia el resultado
    z /= tau
    p = np.exp(z)
    p /= p.sum(axis=axis, keepdims=True)
    return p
