"""The threshold itself by brentq on the log-odds, lowered by the error of the search."""

import numpy as np
from scipy import optimize, special


def cold_certificate(z, eps):
    """Solve for the inverse temperature at which the distance is eps."""
    z = np.asarray(z, dtype=float)
    if np.ndim(z) != 1 or np.isnan(z).any() or not np.isfinite(np.max(z, initial=-np.inf)):
        raise ValueError("z is no row of logits")
    if np.isnan(eps) or eps <= 0:
        raise ValueError("eps must be positive")
    kept = z[np.isfinite(z)]
    top = kept == kept.max()
    if eps >= 1 or np.sum(~top) * (1 - eps) <= np.sum(top) * eps:
        return float("inf")
    unit = kept.max() - kept[~top].max()  # in units of the smallest gap no number is too small
    steps = (kept.max() - kept[~top]) / unit
    allowed = special.logit(eps) + np.log(top.sum())
    beta = optimize.brentq(lambda b: special.logsumexp(-b * steps) - allowed, 0, 1 + np.log(steps.size) - allowed)
    return unit / beta * (1 - 1e-9)
