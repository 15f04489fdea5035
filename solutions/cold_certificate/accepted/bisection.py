"""Bisection of the inverse temperature in log space, always on the safe side."""

import numpy as np


def cold_certificate(z, eps):
    """Halve an interval of inverse temperatures, and keep the end that works."""
    row = np.asarray(z, dtype=np.float64)
    if row.ndim != 1 or not row.size or not -np.inf < row.max() < np.inf:
        raise ValueError("z must have a largest logit, and no nan")
    if not eps > 0:
        raise ValueError("eps must be above 0")
    depth = np.sort(row.max() - row[row > -np.inf])
    m = int(np.searchsorted(depth, 0.0, side="right"))
    if depth.size == m or eps >= (depth.size - m) / depth.size:
        return np.inf
    smallest = depth[m]
    relative = depth[m:] / smallest
    fails, works = 0.0, 1.0

    def leak(beta):
        """Return the weight outside the maxima for beta = smallest gap / tau."""
        return np.exp(-beta * relative).sum()

    while leak(works) > eps * (m + leak(works)):
        fails, works = works, 2 * works
    for _ in range(60):
        middle = (fails + works) / 2
        if leak(middle) > eps * (m + leak(middle)):
            fails = middle
        else:
            works = middle
    return smallest / works * (1 - 1e-12)
