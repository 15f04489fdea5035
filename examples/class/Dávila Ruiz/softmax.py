# Ejercicio 1 - Martín Dávila Ruiz
# hecho sin vectorizar para entenderlo bien
from math import exp, fsum, inf, isnan

import numpy as np


def una_fila(fila, taus):
    """softmax de una lista de números"""
    if len(fila) == 0:
        raise ValueError("fila vacía")
    for x in fila:
        if isnan(x) or x == inf:
            raise ValueError("logit no válido: %r" % x)
    M = max(fila)
    if M == -inf:
        raise ValueError("todos los tokens están enmascarados")
    pesos = []
    for x, t in zip(fila, taus):
        if not t > 0:
            raise ValueError("tau debe ser positiva")
        if x == -inf:
            pesos.append(0.0)
        else:
            pesos.append(exp((x - M) / t))
    total = fsum(pesos)
    return [p / total for p in pesos]


def softmax_temperature(z, tau, axis=-1):
    z = np.array(z, dtype=np.float64)
    if z.ndim == 0:
        raise ValueError("z es un número suelto")
    if z.size == 0:
        raise ValueError("z no tiene elementos")
    # una tau por cada logit, así vale igual para un número que para una columna
    tau = np.broadcast_to(np.asarray(tau, dtype=np.float64), z.shape)
    z2, t2 = np.moveaxis(z, axis, -1), np.moveaxis(tau, axis, -1)
    res = np.empty(z2.shape)
    for i in np.ndindex(z2.shape[:-1]):
        res[i] = una_fila(z2[i].tolist(), t2[i].tolist())
    return np.moveaxis(res, -1, axis)
