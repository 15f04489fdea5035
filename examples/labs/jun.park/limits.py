import numpy as np

COLD, HOT = 1e-12, 1e12


def q(z, tau):
    x = np.array(z, np.float64)
    if x.ndim != 1 or x.size == 0 or np.isnan(x).any() or (x == np.inf).any() or (x == -np.inf).all():
        raise ValueError("z")
    e = np.exp((x - x.max()) / tau)
    return e / e.sum()


def limit_cold(z):
    return q(z, COLD)


def limit_hot(z):
    return q(z, HOT)


def close_to_limit(z, tau, which):
    if not (tau > 0 and tau < np.inf):
        raise ValueError("tau")
    if which not in ["cold", "hot"]:
        raise ValueError("which")
    limit = limit_cold(z) if which == "cold" else limit_hot(z)
    return float(np.abs(q(z, tau) - limit).sum() / 2)
