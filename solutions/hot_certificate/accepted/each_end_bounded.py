"""A bound for each end of the row: Jensen for the largest probability, the spread for the smallest."""

import numpy as np
from scipy import special


def hot_certificate(z, eps):
    """The mean weight is at least exp(mean z / tau), and at most that of the largest logit."""
    z = np.asarray(z, dtype=np.float64)
    if z.ndim != 1 or z.shape[0] == 0 or np.isnan(special.logsumexp(z)) or not np.isfinite(np.amax(z)):
        raise ValueError("z must hold finite logits and masks")
    if np.isnan(eps) or not eps > 0:
        raise ValueError("eps must be above 0")
    z = np.sort(z[np.isfinite(z)])
    v, m = len(z), len(z) - np.searchsorted(z, z[-1])
    if v == m or (eps >= 1 / m - 1 / v and eps >= 1 / v):
        return 0.0
    upper = (z[-1] - z.mean()) / np.log1p(v * eps)
    lower = -(z[-1] - z[0]) / np.log1p(-v * eps) if v * eps < 1 else 0.0
    return float(max(upper, lower))
