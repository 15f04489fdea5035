import numpy as np


def hot_certificate(z, eps):
    z = np.asarray(z, dtype=np.float64)
    if z.ndim != 1 or z.size == 0 or np.isnan(z).any() or np.isposinf(z).any() or np.isneginf(z).all():
        raise ValueError("bad logits")
    if not eps > 0:
        raise ValueError("eps must be positive")
    z = z[~np.isneginf(z)]
    m = np.count_nonzero(z == z.max())
    if m == len(z) or eps >= max(1 / m - 1 / len(z), 1 / len(z)):
        return 0.0
    # exp(x) is about 1 + x when it is hot, so |q - 1/V| is about x / V at most
    return float(np.ptp(z) / (len(z) * eps))
