"""Bisection of the temperature in plain Python, always on the safe side."""

import math


def hot_certificate(z, eps):
    """Double a temperature until it works, then halve the interval."""
    try:
        row = [float(logit) for logit in z]
    except TypeError:
        raise ValueError("z must be one row") from None
    if not row or any(math.isnan(logit) or logit == math.inf for logit in row) or max(row) == -math.inf:
        raise ValueError("logits must be finite or masked, and one of them finite")
    if not eps > 0:
        raise ValueError("a difference must be allowed")
    row = [logit for logit in row if logit > -math.inf]
    best = max(row)
    winners = row.count(best)
    if winners == len(row) or eps >= max(1 / winners - 1 / len(row), 1 / len(row)):
        return 0.0

    def works(tau):
        """Return whether each weight is near the mean weight; both less 1, so that small ones keep their digits."""
        less = [math.expm1((logit - best) / tau) for logit in row]
        mean = math.fsum(less) / len(row)
        return max(abs(one - mean) for one in less) <= eps * len(row) * (1 + mean)

    low = high = best - min(row)
    while not works(high):
        high *= 2
    while works(low):
        low /= 2
    while high - low > 1e-13 * high:
        tau = low + (high - low) / 2
        if works(tau):
            high = tau
        else:
            low = tau
    return high
