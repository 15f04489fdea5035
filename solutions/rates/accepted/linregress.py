"""scipy's regression on logarithms that scipy computes: no distance is ever too small for a float."""

import numpy as np
from scipy import special, stats


def rates(z):
    """Regress log distances over three decades of heat, and over a range of cold far below the float range."""
    z = np.asarray(z, dtype=np.float64)
    if np.ndim(z) != 1 or np.size(z) == 0 or np.isnan(z).any() or not np.isfinite(np.max(z)):
        raise ValueError("z: one row, finite or masked")
    kept = z[z != -np.inf] - z.max()
    below = kept[kept < 0]
    if below.size == 0:
        raise ValueError("z: all equal")
    unit = -below.max()
    taus = -kept.min() * np.logspace(4, 7, 13)
    apart = []
    for tau in taus:
        lift = special.expm1(kept / tau)
        apart.append(np.abs(lift - np.mean(lift)).max() / kept.size / (1 + np.mean(lift)))
    hot = stats.linregress(np.log(taus), np.log(apart))
    inverse = np.linspace(500, 5000, 10)
    log_leak = np.array([special.logsumexp(below / unit * x) for x in inverse])
    cold = stats.linregress(inverse, log_leak - np.logaddexp(np.log(kept.size - below.size), log_leak))
    return {
        "hot_slope": hot.slope,
        "hot_const": np.float64(apart[-1] * taus[-1]),
        "cold_slope": cold.slope * unit,
        "cold_const": cold.intercept,
        "gap": unit,
    }
