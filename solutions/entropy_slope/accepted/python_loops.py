"""Loops and fsum; the bound is the distance to a central difference, doubled."""

import math


def entropy_slope(z, tau):
    """Add up one token at a time."""
    if any(hasattr(logit, "__len__") for logit in z):
        raise ValueError("several rows")
    logits = [float(logit) for logit in z]
    if not logits or any(math.isnan(logit) or logit == math.inf for logit in logits) or max(logits) == -math.inf:
        raise ValueError("no row of logits")
    if math.isnan(tau) or math.isinf(tau) or tau <= 0:
        raise ValueError("no temperature")
    kept = [logit for logit in logits if logit != -math.inf]
    value = _variance(kept, tau) / tau / tau / tau
    step = 1e-5 * tau
    difference = (_entropy(kept, tau + step) - _entropy(kept, tau - step)) / step / 2
    return value, 2 * abs(value - difference) + 1e-13 * value


def _weights(logits, tau):
    top = max(logits)
    weights = [math.exp((logit - top) / tau) for logit in logits]
    total = math.fsum(weights)
    return [weight / total for weight in weights]


def _variance(logits, tau):
    q = _weights(logits, tau)
    mean = math.fsum(share * (logit - max(logits)) for share, logit in zip(q, logits, strict=True))
    return math.fsum(share * (logit - max(logits) - mean) ** 2 for share, logit in zip(q, logits, strict=True))


def _entropy(logits, tau):
    return -math.fsum(share * math.log(share) for share in _weights(logits, tau) if share > 0)
