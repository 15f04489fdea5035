"""Bisection of the logarithm of the temperature, from one end of the floats to the other."""

import math


def temperature_for_entropy(z, h):
    """Halve the interval until no float lies between."""
    if any(hasattr(logit, "__len__") for logit in z):
        raise ValueError("several rows")
    logits = [float(logit) for logit in z if float(logit) != -math.inf]
    if not logits or not all(map(math.isfinite, logits)):
        raise ValueError("no row of logits")
    top = max(logits)
    if math.isnan(h) or h <= math.log(logits.count(top)) or h >= math.log(len(logits)):
        raise ValueError("no such entropy")
    cold, hot = -745.0, 709.0
    while True:
        middle = (cold + hot) / 2
        if middle in (cold, hot):
            return math.exp(middle)
        if _entropy(logits, top, math.exp(middle)) < h:
            cold = middle
        else:
            hot = middle


def _entropy(logits, top, tau):
    weights = [math.exp((logit - top) / tau) for logit in logits]
    total = math.fsum(weights)
    shares = [weight / total for weight in weights]
    return math.fsum(-share * math.log(share) for share in shares if share)
