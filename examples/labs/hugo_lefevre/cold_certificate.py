import numpy as np


def distance(z, tau):
    w = np.exp((z - z.max()) / tau)
    reste = w[z < z.max()].sum()
    return reste / (reste + (z == z.max()).sum())


def cold_certificate(z, eps):
    z = np.array(z, dtype=float)
    if z.ndim != 1 or z.size == 0 or np.isnan(z).any() or (z == np.inf).any() or (z == -np.inf).all():
        raise ValueError("z")
    if not eps > 0:
        raise ValueError("eps")
    z = z[z > -np.inf]
    m = (z == z.max()).sum()
    if eps >= 1 - m / z.size:
        return np.inf
    # dichotomie sur tau
    bas = haut = z.max() - z[z < z.max()].max()
    while distance(z, bas) > eps:
        bas = bas / 2
    while distance(z, haut) <= eps:
        haut = haut * 2
    for _ in range(200):
        milieu = (bas + haut) / 2
        if distance(z, milieu) <= eps:
            bas = milieu
        else:
            haut = milieu
    return bas / 4   # marge de securite
