import numpy as np


def softmax_temperature(z, tau, axis=-1):
    z = np.asarray(z, dtype=float)
    tau = np.asarray(tau, dtype=float)
    if z.ndim == 0 or z.shape[axis] == 0:
        raise ValueError("z vacío")
    if not (tau > 0).all():
        raise ValueError("tau tiene que ser > 0")
    m = z.max(axis=axis, keepdims=True)
    if not np.isfinite(m).all():
        raise ValueError("logits raros")
    z -= m                                       # para que no se desborde
    e = np.exp(z) / tau                          # aplicamos la temperatura
    return e / e.sum(axis=axis, keepdims=True)   # y normalizamos
