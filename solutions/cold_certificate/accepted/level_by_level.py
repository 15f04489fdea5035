"""Each level of the logits may leak its part of eps; the level that asks for most decides."""

import numpy as np


def cold_certificate(z, eps):
    """Share what may leak among the distinct logits below the maximum, by the number of their tokens."""
    z = np.array(z, dtype=np.float64)
    if not eps > 0:
        raise ValueError("eps is not positive")
    if z.ndim != 1 or z.size < 1 or np.isnan(z).any() or np.isinf(np.amax(z)):
        raise ValueError("z is not a row with a largest logit")
    level, count = np.unique(z[z != -np.inf], return_counts=True)
    others, share = count[:-1].sum(), (count[-1] * eps / (1 - eps) if eps < 1 else np.inf)
    if others <= share:
        return np.inf
    best = level[-1]
    allowed = share / others  # the weight that a token may have, each the same
    return min(float(best - lower) for lower in level[:-1]) / -np.log(allowed)
