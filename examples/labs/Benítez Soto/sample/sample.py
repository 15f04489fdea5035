import math

import numpy as np


def sample(z, tau, n, rng):
    z = np.array(z, dtype=float)
    if z.ndim != 1 or z.size == 0 or np.isnan(z).any() or (z == np.inf).any() or (z == -np.inf).all():
        raise ValueError("z no vale")
    if not tau > 0:
        raise ValueError("tau no vale")
    if n < 0:
        raise ValueError("n no vale")
    frio = (z - z.max()) / tau
    fichas = np.zeros(n, dtype=np.int64)
    for i in range(n):
        u = rng.random(len(z))
        while (u == 0).any():            # log(0)
            u = rng.random(len(z))
        g = -np.log(-np.log(u))
        fichas[i] = (frio + g).argmax()
    return fichas
