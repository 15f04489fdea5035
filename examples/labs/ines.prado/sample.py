import numpy as np


def sample(z, tau, n, rng):
    z = np.asarray(z, dtype=float)
    ruido = rng.gumbel(size=(n, len(z)))
    return (z / tau + ruido).argmax(axis=1)
