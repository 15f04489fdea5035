"""The threshold itself by brentq in the inverse temperature, raised by the error of the search."""

import numpy as np
from scipy import optimize


def hot_certificate(z, eps):
    """Solve for the inverse temperature at which the largest difference is eps."""
    z = np.asarray(z, dtype=float)
    if np.ndim(z) != 1 or not -np.inf < np.max(z, initial=-np.inf) < np.inf:
        raise ValueError("z is no row of logits")
    if not eps > 0:
        raise ValueError("eps must be positive")
    row = z[z != -np.inf]
    best = np.mean(row == row.max())
    unit = row.max() - row.min()
    if unit == 0 or eps * row.size >= max(1 / best - 1, 1):
        return 0.0

    def too_far(beta):
        """Return the largest difference times V, less what is allowed."""
        bent = np.expm1(beta * ((row - row.min()) / unit - 1))
        middle = bent.mean()
        return max(bent.max() - middle, middle - bent.min()) / (1 + middle) / row.size - eps

    high = 1.0
    while too_far(high) < 0:
        high *= 2
    return float(unit / optimize.brentq(too_far, 0, high, xtol=1e-300) * (1 + 1e-10))
