import math

import numpy as np


def entropy_slope(z, tau):
    z = np.array(z, dtype=float)
    if z.ndim != 1 or z.size == 0 or np.isnan(z).any() or (z == np.inf).any():
        raise ValueError("z no vale")
    if not (tau > 0 and math.isfinite(tau)):
        raise ValueError("tau no vale")
    z = [x for x in z.tolist() if x > -math.inf]
    if not z:
        raise ValueError("todo enmascarado")
    tau = float(tau)
    m = max(z)
    x = [(v - m) / tau for v in z]      # exponentes
    w = [math.exp(v) for v in x]
    Z = math.fsum(w)
    media = math.fsum(a * b for a, b in zip(w, x)) / Z
    varianza = math.fsum(a * (b - media) ** 2 for a, b in zip(w, x)) / Z
    pendiente = varianza / tau
    # las cuentas de arriba redondean unas pocas veces cada una (1e-16): con 1e-11 sobra
    return pendiente, 1e-11 * pendiente
