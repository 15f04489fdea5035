"""The bound is a count of roundings: no second way is needed to know that so few of them lose so little."""

import numpy as np
from scipy.special import softmax


def entropy_slope(z, tau):
    """Take the variance of z / tau, and count what each step can lose."""
    z = np.asarray(z, dtype=np.float64)
    if z.ndim != 1 or z.size == 0 or np.isnan(z.max()) or np.isinf(z.max()):
        raise ValueError("a row of logits is needed")
    if not tau > 0 or tau == np.inf:
        raise ValueError("a positive temperature is needed")
    x = (z[z > -np.inf] - z.max()) / tau
    q = softmax(x)
    centred = x - np.dot(q, x)
    variance = np.dot(q, centred**2)
    # each weight is right to a relative 2 + |x| roundings, each sum of V terms to V more, and the mean is subtracted
    seen = min(-x.min(), 745.0)
    lost = (8 + 4 * seen + x.size) * variance + 8 * (seen + x.size) * np.sqrt(variance) * np.dot(q, np.abs(x))
    return np.float64(variance / tau), lost * np.finfo(np.float64).eps / tau
