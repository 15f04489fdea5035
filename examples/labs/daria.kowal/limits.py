import numpy as np


def limit_cold(z):
    a = checked(z)
    return (a == a.max()) / (a == a.max()).sum()


def limit_hot(z):
    a = checked(z)
    return (a > -np.inf) / (a > -np.inf).sum()


def close_to_limit(z, tau, which):
    a = checked(z)
    if not (0 < tau < float("inf")):
        raise ValueError("tau")
    if which == "cold":
        limit = limit_cold(z)
    elif which == "hot":
        limit = limit_hot(z)
    else:
        raise ValueError(which)
    q = np.exp((a - a.max()) / tau)
    q = q / q.sum()
    return float(sum(abs(q - limit)) / 2)


def checked(z):
    a = np.array(z, dtype="float64")
    if a.ndim != 1 or a.size < 1 or not np.isfinite(a.max()):
        raise ValueError("z")
    return a
