import numpy as np


def ent(z, tau):
    q = np.exp(z / tau)
    q = q / q.sum()
    q = q[q > 0]
    return -(q * np.log(q)).sum()


def entropy_slope(z, tau):
    z = np.asarray(z, dtype=float)
    z = z[z > -np.inf]
    z = z - z.max()
    q = np.exp(z / tau)
    q = q / q.sum()
    media = (q * z).sum()
    valor = (q * (z - media) ** 2).sum() / tau**3
    h = tau * 6e-6
    otra = (ent(z, tau + h) - ent(z, tau - h)) / (2 * h)
    return float(valor), float(abs(otra - valor) * 1.1 + 1e-12 * valor)
