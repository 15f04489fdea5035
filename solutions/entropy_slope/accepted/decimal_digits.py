"""Decimal numbers of 60 digits: the bound is what the float lost, known almost exactly."""

import decimal

import numpy as np


def entropy_slope(z, tau):
    """Work out the variance in decimal digits and round it once."""
    z = np.asarray(z, dtype=np.float64)
    if z.ndim != 1 or not z.size or not np.isfinite(z.max()):
        raise ValueError("z must be finite or -inf")
    if not 0 < tau < float("inf"):
        raise ValueError("tau must be above 0")
    with decimal.localcontext(decimal.Context(prec=60, Emin=-9_999_999, Emax=9_999_999)):
        temperature = decimal.Decimal(float(tau))
        x = [
            (decimal.Decimal(logit) - decimal.Decimal(z.max().item())) / temperature
            for logit in z[z > -np.inf].tolist()
        ]
        weights = [exponent.exp() for exponent in x]
        total = sum(weights)
        mean = sum(w * a for w, a in zip(weights, x, strict=True)) / total
        exact = sum(w * (a - mean) ** 2 for w, a in zip(weights, x, strict=True)) / total / temperature
        value = float(exact)
        return value, float(abs(exact - decimal.Decimal(value)) * decimal.Decimal("1.001"))
