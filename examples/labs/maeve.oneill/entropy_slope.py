import numpy as np


def H(z, tau):
    q = np.exp((z - z.max()) / tau)
    q = q[q > 0] / q.sum()
    return np.sum(q * np.log(1 / q))


def entropy_slope(z, tau):
    z = np.array(z, dtype=float)
    if z.ndim != 1 or z.size == 0 or np.isnan(z).any() or (z == np.inf).any() or (z == -np.inf).all():
        raise ValueError("z has a bad logit")
    if not (tau > 0 and np.isfinite(tau)):
        raise ValueError("tau has to be positive")
    z = z[z > -np.inf]
    q = np.exp((z - z.max()) / tau)
    q /= q.sum()
    value = np.sum(q * (z - np.sum(q * z)) ** 2) / tau**3
    h = 6e-6 * tau
    bound = abs(value - (H(z, tau + h) - H(z, tau - h)) / (2 * h))
    return float(bound), float(value)
