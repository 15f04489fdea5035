import math

import numpy as np


def cold_certificate(z, eps):
    z = np.array(z, dtype=float)
    if z.ndim != 1 or z.size == 0 or np.isnan(z).any() or (z == np.inf).any():
        raise ValueError("z no vale")
    if not eps > 0:
        raise ValueError("eps no vale")
    z = sorted((x for x in z.tolist() if x > -math.inf), reverse=True)
    if not z:
        raise ValueError("todo enmascarado")
    m = z.count(z[0])
    k = len(z) - m               # los demás
    if k == 0 or eps >= k / (m + k):
        return math.inf
    # peor caso: los k están todos pegados al segundo. Entonces R = k exp(-hueco / tau)
    # y hace falta R / (m + R) <= eps
    hueco = z[0] - z[m]
    return hueco / math.log(k * (1 - eps) / (m * eps))
