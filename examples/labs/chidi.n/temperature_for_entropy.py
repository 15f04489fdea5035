import numpy as np
from scipy.optimize import brentq


def temperature_for_entropy(z, h):
    z = np.asarray(z, dtype=np.float64)
    if z.ndim != 1 or z.size == 0 or np.isnan(z).any() or np.isposinf(z).any() or np.isneginf(z).all():
        raise ValueError("bad logits")
    z = z[~np.isneginf(z)] - z.max()
    m = np.sum(z == 0)
    if np.isnan(h) or h <= np.log(m) or h >= np.log(len(z)):
        raise ValueError("no such entropy")

    def missing(tau):
        q = np.exp(z / tau)
        q = q / q.sum()
        q = q[q > 0]
        return -np.sum(q * np.log(q)) - h

    return brentq(missing, 0.01, 100, xtol=1e-13)
