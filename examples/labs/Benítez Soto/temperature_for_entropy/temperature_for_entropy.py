import math

import numpy as np
from scipy.optimize import brentq


def temperature_for_entropy(z, h):
    z = np.array(z, dtype=float)
    if z.ndim != 1 or z.size == 0 or np.isnan(z).any() or (z == np.inf).any():
        raise ValueError("z no vale")
    z = [x for x in z.tolist() if x > -math.inf]
    if not z:
        raise ValueError("todo enmascarado")
    m = max(z)
    if not (h > math.log(z.count(m)) and h < math.log(len(z))):
        raise ValueError("esa entropía no existe")
    ancho = m - min(z)
    d = [(m - x) / ancho for x in z]     # de 0 a 1

    def sobra(lt):
        b = math.exp(-lt)
        w = [math.exp(-x * b) for x in d]
        Z = math.fsum(w)
        return math.log(Z) + math.fsum(a * x * b for a, x in zip(w, d)) / Z - h

    lt = brentq(sobra, -60.0, 30.0, xtol=1e-14, rtol=1e-14, maxiter=500)
    return math.exp(lt) * ancho
