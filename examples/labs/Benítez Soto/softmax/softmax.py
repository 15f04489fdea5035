# Benítez Soto, grupo 2
# sin trucos: una fila detrás de otra, con los números de Python

import math

import numpy as np


def una_fila(z, tau):
    if len(z) == 0:
        raise ValueError("fila vacía")
    for x in z:
        if math.isnan(x) or x == math.inf:
            raise ValueError("hay un logit que no vale")
    maximo = max(z)
    if maximo == -math.inf:
        raise ValueError("toda la fila está enmascarada")
    pesos = []
    for x in z:
        if x == -math.inf:
            pesos.append(0.0)
        else:
            pesos.append(math.exp((x - maximo) / tau))
    suma = math.fsum(pesos)
    return [w / suma for w in pesos]


def softmax_temperature(z, tau, axis=-1):
    z = np.array(z, dtype=float)
    if z.ndim == 0 or z.shape[axis] == 0:
        raise ValueError("z no tiene logits")
    taus = np.broadcast_to(np.array(tau, dtype=float), z.shape)
    if not (taus > 0).all():
        raise ValueError("tau tiene que ser mayor que 0")
    filas = np.moveaxis(z, axis, -1)
    temperaturas = np.moveaxis(taus, axis, -1)
    q = np.empty(filas.shape)
    for lugar in np.ndindex(filas.shape[:-1]):
        q[lugar] = una_fila(filas[lugar].tolist(), float(temperaturas[lugar][0]))
    return np.moveaxis(q, -1, axis)
