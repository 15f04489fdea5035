import numpy as np


def cold_certificate(z, eps):
    z = np.asarray(z, dtype=np.float64)
    if z.ndim != 1 or z.size == 0 or np.isnan(z).any() or np.isposinf(z).any() or np.isneginf(z).all():
        raise ValueError("bad logits")
    if not eps > 0:
        raise ValueError("eps must be positive")
    levels = np.unique(z[~np.isneginf(z)])
    m = np.count_nonzero(z == z.max())
    n = np.count_nonzero(~np.isneginf(z))
    if len(levels) == 1 or eps >= (n - m) / n:
        return np.inf
    # only the runner-up matters when it is cold: q_2 / q_1 = exp(-gap / tau) <= eps
    gap = levels[-1] - levels[-2]
    return float(gap / np.log(1 / eps))
