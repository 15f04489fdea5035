import math

import numpy as np


def hot_certificate(z, eps):
    z = np.array(z, dtype=float)
    if z.ndim != 1 or z.size == 0 or np.isnan(z).any() or (z == np.inf).any():
        raise ValueError("z no vale")
    if not eps > 0:
        raise ValueError("eps no vale")
    z = [x for x in z.tolist() if x > -math.inf]
    if not z:
        raise ValueError("todo enmascarado")
    V = len(z)
    m = z.count(max(z))
    if m == V:
        return 0.0
    if eps >= 1 / V and eps >= 1 / m - 1 / V:   # ni en tau = 0 se pasa
        return 0.0
    # con x = (max - min) / tau cada probabilidad está entre exp(-x) / V y exp(x) / V
    # (exp(x) - 1) / V <= eps
    return (max(z) - min(z)) / math.log1p(V * eps)
