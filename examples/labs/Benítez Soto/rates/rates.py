import math

import numpy as np


def rates(z):
    z = np.array(z, dtype=float)
    if z.ndim != 1 or z.size == 0 or np.isnan(z).any() or (z == np.inf).any():
        raise ValueError("z no vale")
    z = [x for x in z.tolist() if x > -math.inf]
    if len(set(z)) < 2:
        raise ValueError("hacen falta dos logits distintos")
    niveles = sorted(set(z), reverse=True)
    hueco = niveles[0] - niveles[1]
    ancho = niveles[0] - niveles[-1]
    V = len(z)

    def a(tau):
        w = [math.expm1((x - niveles[0]) / tau) for x in z]
        media = math.fsum(w) / V
        return max(abs(v - media) for v in w) / (V * (1 + media))

    def log_b(beta):
        # log R = -hueco beta + log(sum exp(-(d - hueco) beta))
        resto = math.fsum(math.exp(-(niveles[1] - x) * beta) for x in z if x < niveles[0])
        log_r = math.log(resto) - hueco * beta
        return log_r - math.log(z.count(niveles[0]) + math.exp(log_r))

    t1, t2 = 1e5 * ancho, 1e6 * ancho
    b1, b2 = 2000 / hueco, 4000 / hueco
    fria = (log_b(b2) - log_b(b1)) / (b2 - b1)
    return {
        "hot_slope": math.log(a(t2) / a(t1)) / math.log(t2 / t1),
        "hot_const": t2 * a(t2),
        "cold_slope": fria,
        "cold_const": log_b(b2) - fria * b2,
        "gap": hueco,
    }
