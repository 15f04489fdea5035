import numpy as np


def cold_certificate(z, eps):
    z = np.asarray(z, dtype=np.float64)
    if z.ndim != 1 or z.size == 0 or not abs(z.max()) < np.inf:
        raise ValueError("z")
    if not eps > 0:
        raise ValueError("eps")
    gap = z.max() - z[z > -np.inf]
    m = int(np.sum(gap == 0))
    gap = np.sort(gap[gap > 0])
    if len(gap) == 0 or eps >= len(gap) / (m + len(gap)):
        return np.inf

    def holds(t):  # tau = t * smallest gap; all in logarithms
        r = np.logaddexp.reduce(-gap / gap[0] / t)
        return r - np.logaddexp(np.log(m), r) <= np.log(eps)

    t = 1.0
    while not holds(t):
        t /= 2
    step = t
    while step > t * 1e-15:
        if holds(t + step):
            t += step
            if step >= t / 2:
                step *= 2
                continue
        step /= 2
    return float(t * gap[0] * (1 - 1e-12))
