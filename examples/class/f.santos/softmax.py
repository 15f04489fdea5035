import math


def softmax_temperature(z, tau, axis=-1):
    """z: lista de logits, tau: temperatura"""
    import numpy as np
    if math.isnan(tau) or tau <= 0:
        raise ValueError("tau")
    if len(z) == 0:
        raise ValueError("z vacío")
    mayor = -math.inf
    for zi in z:
        if math.isnan(zi) or zi == math.inf:
            raise ValueError("logit no válido")
        if zi > mayor:
            mayor = zi
    if mayor == -math.inf:
        raise ValueError("no queda ningún token")
    suma = 0.0
    exps = []
    for zi in z:
        ei = math.exp((float(zi) - float(mayor)) / tau)
        exps.append(ei)
        suma += ei
    return np.array([ei / suma for ei in exps])
