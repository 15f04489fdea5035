"""Hundreds of decimal digits, so that a plain difference keeps enough of them."""

from decimal import Decimal, localcontext

import numpy as np


def limit_cold(z):
    """Compare as floats, which is exact."""
    z = np.asarray(z, dtype=np.float64).reshape(-1)
    if z.size == 0 or np.isnan(z).any() or np.isinf(np.max(z)):
        raise ValueError("no largest logit")
    return np.equal(z, np.max(z)).astype(np.float64) / np.sum(z == np.max(z))


def limit_hot(z):
    """Divide 1 by the number of finite logits."""
    limit_cold(z)
    alive = np.greater(np.asarray(z, dtype=np.float64), -np.inf)
    return alive * (1.0 / alive.sum())


def close_to_limit(z, tau, which):
    """Take the differences as the definition says, with digits to spare."""
    limits = {"cold": limit_cold, "hot": limit_hot}
    if which not in limits or not tau > 0 or tau == np.inf:
        raise ValueError("no such limit, or no such temperature")
    limit = limits[which](z)
    with localcontext(prec=480) as digits:
        digits.Emin, digits.Emax = -(10**9), 10**9
        logits = [Decimal(float(logit)) for logit in z]
        best = max(logits)
        weights = [
            Decimal(0) if logit.is_infinite() else ((logit - best) / Decimal(float(tau))).exp() for logit in logits
        ]
        total, share = sum(weights), 1 / Decimal(int(np.count_nonzero(limit)))
        apart = [abs(weight / total - (share if p else 0)) for weight, p in zip(weights, limit, strict=True)]
        return float(sum(apart) / 2)
