import numpy as np


def hot_certificate(z, eps):
    z = np.asarray(z, dtype=np.float64)
    if z.ndim != 1 or z.size == 0 or not abs(z.max()) < np.inf:
        raise ValueError("z")
    if not eps > 0:
        raise ValueError("eps")
    gap = z.max() - z[z > -np.inf]
    V, m = len(gap), int(np.sum(gap == 0))
    if m == V or eps >= max(1 / V, 1 / m - 1 / V):
        return 0.0
    gap = gap / gap.max()

    def far(t):
        loss = -np.expm1(-gap / t)  # from 0 for the best to the most for the worst
        return max(loss.mean(), loss.max() - loss.mean()) / (V - loss.sum())

    below, above = 0.25, 0.5
    while far(above) > eps:
        below, above = above, 2 * above
    while far(below) <= eps:
        below, above = below / 2, below
    while above - below > 1e-13 * above:
        middle = below + (above - below) / 2
        if far(middle) > eps:
            below = middle
        else:
            above = middle
    return float(above * np.ptp(z[z > -np.inf]))
