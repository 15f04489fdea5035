"""Chandrupatla's method of scipy.optimize.elementwise, with the bracket that scipy finds."""

import numpy as np
from scipy.optimize import elementwise
from scipy.special import entr, log_softmax


def temperature_for_entropy(z, h):
    """Search the logarithm of the temperature, in units of the smallest gap."""
    z = np.asarray(z, float)
    if z.ndim != 1 or z.size < 1 or np.isnan(z.max()) or np.isinf(z.max()):
        raise ValueError("no logits")
    gaps = z.max() - z[z > -np.inf]
    if np.isnan(h) or not np.log(np.sum(gaps == 0)) < h or not h < np.log(gaps.size):
        raise ValueError("no temperature")
    unit = gaps[gaps > 0].min()

    def excess(logs):
        with np.errstate(over="ignore"):
            rows = -np.multiply.outer(np.exp(-logs), gaps / unit)
        return entr(np.exp(log_softmax(rows, axis=-1))).sum(axis=-1) - h

    bracket = elementwise.bracket_root(excess, -3.0, 3.0, maxiter=60)
    found = elementwise.find_root(excess, bracket.bracket, tolerances={"xatol": 0.0, "xrtol": 0.0, "fatol": 1e-14})
    return float(unit * np.exp(found.x))
