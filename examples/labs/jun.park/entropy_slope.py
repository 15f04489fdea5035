import numpy as np


def H(x, tau):
    q = np.exp((x - x.max()) / tau)
    q = q / q.sum()
    q = q[q > 0]
    return -np.sum(q * np.log(q))


def entropy_slope(z, tau):
    x = np.array(z, np.float64)
    if x.ndim != 1 or x.size == 0 or np.isnan(x).any() or (x == np.inf).any() or (x == -np.inf).all():
        raise ValueError("z")
    if not (tau > 0 and tau < np.inf):
        raise ValueError("tau")
    x = x[x > -np.inf]
    h = 1e-4 * tau
    d1 = (H(x, tau + h) - H(x, tau - h)) / (2 * h)
    d2 = (H(x, tau + 2 * h) - H(x, tau - 2 * h)) / (4 * h)
    return float(d1), float(abs(d1 - d2))
