import numpy as np


def hot_certificate(z, eps):
    z = np.array(z, dtype=float)
    if z.ndim != 1 or z.size == 0 or np.isnan(z).any() or (z == np.inf).any() or (z == -np.inf).all():
        raise ValueError("z")
    if not eps > 0:
        raise ValueError("eps")
    z = z[z > -np.inf]
    V = z.size
    m = (z == z.max()).sum()
    if m == V or (eps >= 1 / V and eps >= 1 / m - 1 / V):
        return 0.0
    # developpement limite : q_i = 1/V + (z_i - moyenne) / (V tau)
    z = z - z.max()
    return float(abs(z - z.mean()).max() / (V * eps))
