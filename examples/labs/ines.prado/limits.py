import numpy as np


def limit_cold(z):
    z = np.asarray(z, dtype=float)
    gana = (z == z.max()).astype(float)
    return gana / gana.sum()


def limit_hot(z):
    z = np.asarray(z, dtype=float)
    quedan = np.isfinite(z).astype(float)
    return quedan / quedan.sum()


def close_to_limit(z, tau, which):
    z = np.asarray(z, dtype=float)
    x = (z - z.max()) / tau
    if which == "cold":
        fuera = np.exp(x[z < z.max()]).sum()
        return float(fuera / (fuera + (z == z.max()).sum()))
    # "hot": sin restar q - 1/V directamente
    x = x[np.isfinite(x)]
    d = np.expm1(x) - np.expm1(x).mean()
    return float(d[d > 0].sum() / np.exp(x).sum())
