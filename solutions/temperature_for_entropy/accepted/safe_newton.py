"""Newton's steps for the logarithm of 1 / tau, with the slope that an earlier exercise found, kept in a bracket."""

import numpy as np


def temperature_for_entropy(z, h):
    """Take Newton's step where it stays in the bracket, else the middle."""
    z = np.array(z, dtype=float)
    if z.ndim != 1 or not z.size or np.isnan(z).any() or np.isposinf(z).any() or np.isneginf(z).all():
        raise ValueError("a row of logits is needed")
    kept = z[np.isfinite(z)]
    least, most = np.log((kept == kept.max()).sum()), np.log(len(kept))
    if np.isnan(h) or h <= least or h >= most:
        raise ValueError(f"h must be between {least} and {most}")
    below = kept.max() - kept
    scale = below[below > 0].min()
    below = below / scale

    def look(b):
        """Return entropy and variance at beta = exp(b) / scale."""
        with np.errstate(over="ignore"):
            surprise = np.minimum(below * np.exp(b), 1e3)
        q = np.exp(-surprise)
        q = q / q.sum()
        centred = surprise - q @ surprise
        return q @ surprise + np.log(np.exp(-surprise).sum()), q @ centred**2

    left, right = -1.0, 1.0
    while look(left)[0] < h:
        left *= 2
    while look(right)[0] > h:
        right *= 2
    b = 0.0
    for _ in range(500):
        entropy, variance = look(b)
        if abs(entropy - h) < 1e-14:
            break
        left, right = (b, right) if entropy > h else (left, b)
        with np.errstate(divide="ignore"):
            b = b + (entropy - h) / variance
        if not left < b < right:
            b = (left + right) / 2
    return scale / np.exp(b)
