import math

import numpy as np


def de_una_fila(p):
    if any(not x >= 0 for x in p):   # nan tampoco es >= 0
        raise ValueError("probabilidad negativa o nan")
    if not abs(math.fsum(p) - 1) <= 1e-9:
        raise ValueError("no suma 1")
    h = 0.0
    terminos = [x * math.log(x) for x in p if x > 0]
    h -= math.fsum(terminos)
    return h


def entropy(p, axis=-1):
    p = np.moveaxis(np.array(p, dtype=float), axis, -1)
    if p.ndim == 1:
        return de_una_fila(p.tolist())
    h = [de_una_fila(fila) for fila in p.reshape(-1, p.shape[-1]).tolist()]
    return np.array(h).reshape(p.shape[:-1])
