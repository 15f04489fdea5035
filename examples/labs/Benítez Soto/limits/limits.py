import math

import numpy as np


def leer(z):
    filas = np.array(z, dtype=float)
    if filas.ndim != 1:
        raise ValueError("z tiene que ser una fila")
    z = filas.tolist()
    vivos = []
    for x in z:
        if x != x or x == math.inf:
            raise ValueError("nan o inf en los logits")
        if x > -math.inf:
            vivos.append(x)
    if not vivos:
        raise ValueError("no queda ningún token")
    return z, vivos


def limit_cold(z):
    z, vivos = leer(z)
    arriba = max(vivos)
    cuantos = vivos.count(arriba)
    return np.array([1 / cuantos if x == arriba else 0.0 for x in z])


def limit_hot(z):
    z, vivos = leer(z)
    return np.array([1 / len(vivos) if x > -math.inf else 0.0 for x in z])


def close_to_limit(z, tau, which):
    _, vivos = leer(z)
    if not (tau > 0 and tau < math.inf):
        raise ValueError("tau")
    if which not in ("cold", "hot"):
        raise ValueError("which: cold o hot")
    tau = float(tau)
    arriba = max(vivos)
    if which == "cold":
        # lo que se llevan los que pierden
        perdedores = math.fsum(math.exp((x - arriba) / tau) for x in vivos if x < arriba)
        return perdedores / (vivos.count(arriba) + perdedores)
    # lo mismo pero en caliente: pesos menos 1, para no restar casi iguales
    menos = [math.expm1((x - arriba) / tau) for x in vivos]
    media = math.fsum(menos) / len(menos)
    por_encima = math.fsum(w - media for w in menos if w > media)
    return por_encima / (len(menos) + math.fsum(menos))
