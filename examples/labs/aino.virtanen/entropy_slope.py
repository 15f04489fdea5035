import numpy as np


def law(z, tau):
    w = np.exp(z / tau)
    return w / w.sum()


def H(z, tau):
    q = law(z, tau)
    q = q[q > 0]
    return -np.dot(q, np.log(q))


def entropy_slope(z, tau):
    z = np.array(z, dtype=np.float64)
    if z.ndim != 1 or z.size == 0 or not np.isfinite(z.max()):
        raise ValueError("z")
    if not 0 < tau < np.inf:
        raise ValueError("tau")
    z = z[np.isfinite(z)]
    z = z - z.max()
    q = law(z, tau)
    dev = z / tau - q @ (z / tau)
    value = float(q @ dev**2 / tau)

    h = 6e-6 * tau
    diff = (H(z, tau + h) - H(z, tau - h)) / (2 * h)
    return value, float(abs(diff - value) + 1e-12 * value)
