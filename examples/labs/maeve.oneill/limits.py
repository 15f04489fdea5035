import numpy as np


def look_at(z):
    z = np.array(z, dtype=float)
    if z.ndim != 1 or z.size == 0 or np.isnan(z).any() or (z == np.inf).any() or (z == -np.inf).all():
        raise ValueError("z has a bad logit")
    return z


def limit_cold(z):
    z = look_at(z)
    best = np.flatnonzero(z == z.max())
    p = np.zeros(len(z))
    p[best] = 1 / len(best)
    return p


def limit_hot(z):
    z = look_at(z)
    return np.full(len(z), 1 / len(z))


def close_to_limit(z, tau, which):
    z = look_at(z)
    if not (tau > 0 and np.isfinite(tau)):
        raise ValueError("tau has to be positive")
    limits = {"cold": limit_cold, "hot": limit_hot}
    if which not in limits:
        raise ValueError("cold or hot?")
    q = np.exp((z - z.max()) / tau)
    q /= q.sum()
    return float(np.max(np.abs(q - limits[which](z))))
