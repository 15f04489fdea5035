"""The simpler bound: the weight outside the maxima is at most eps times that of the maxima."""

import math

import numpy as np


def cold_certificate(z, eps):
    """Bound the distance by (V - m) / m exp(-d / tau)."""
    logits = sorted((float(logit) for logit in np.ravel(z)), reverse=True)
    if np.ndim(z) != 1 or not logits or any(math.isnan(logit) for logit in logits) or math.isinf(logits[0]):
        raise ValueError("logits must be finite or masked, and one of them finite")
    if not eps > 0:
        raise ValueError("a distance must be allowed")
    unmasked = [logit for logit in logits if logit != -math.inf]
    maxima = unmasked.count(unmasked[0])
    others = len(unmasked) - maxima
    if others <= eps * (others + maxima):
        return math.inf
    ratio = others / maxima / eps
    return (unmasked[0] - unmasked[maxima]) / math.log(ratio)
