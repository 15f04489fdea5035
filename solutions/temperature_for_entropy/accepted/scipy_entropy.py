"""root_scalar on scipy's own entropy and softmax, of logits that are divided by their spread first."""

import numpy as np
from scipy import optimize, special, stats


def temperature_for_entropy(z, h):
    """Walk by factors of ten until the entropy is between two temperatures."""
    z = np.asarray(z, dtype=np.float64)
    if np.ndim(z) != 1 or not np.any(z > -np.inf) or np.any(np.isnan(z)) or np.any(z == np.inf):
        raise ValueError("bad logits")
    row = z[z != -np.inf]
    spread = np.ptp(row)
    if not np.log(np.sum(row == row.max())) < h < np.log(len(row)):
        raise ValueError("bad entropy")
    row = (row - row.max()) / spread

    def excess(t):
        with np.errstate(over="ignore"):
            return stats.entropy(special.softmax(row / t)) - h

    lower = upper = 1.0
    while excess(lower) >= 0 and lower > 1e-305:
        lower /= 10
    while excess(upper) <= 0:
        upper *= 10
    found = optimize.root_scalar(excess, bracket=(lower, upper), method="brentq", xtol=1e-16 * lower)
    return float(found.root * spread)
