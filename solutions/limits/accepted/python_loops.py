"""Plain Python: lists, math.fsum, and the tokens above the mean only."""

import math

import numpy as np


def limit_cold(z):
    """Count the maxima."""
    logits = [float(logit) for logit in z]
    if not logits or any(math.isnan(logit) for logit in logits) or abs(max(logits)) == math.inf:
        raise ValueError("z has no largest finite logit")
    best = max(logits)
    return np.array([1.0 / logits.count(best) if logit == best else 0.0 for logit in logits])


def limit_hot(z):
    """Count what is not masked."""
    logits = [float(logit) for logit in z]
    if not logits or any(math.isnan(logit) for logit in logits) or abs(max(logits)) == math.inf:
        raise ValueError("z has no largest finite logit")
    count = len(logits) - logits.count(-math.inf)
    return np.array([0.0 if logit == -math.inf else 1.0 / count for logit in logits])


def close_to_limit(z, tau, which):
    """Add up by how much the tokens above the mean exceed it."""
    cold = limit_cold(z)
    if which != "cold" and which != "hot":  # noqa: PLR1714 - as it would be said aloud
        raise ValueError("a limit is cold or hot")
    if not (tau > 0 and tau < math.inf):
        raise ValueError("a temperature is positive and finite")
    logits = [float(logit) for logit in z if logit > -math.inf]
    best = max(logits)
    if which == "cold":
        others = math.fsum(math.exp((logit - best) / tau) for logit in logits if logit < best)
        return others / (np.count_nonzero(cold) + others)
    changes = [math.expm1((logit - best) / tau) for logit in logits]
    mean = math.fsum(changes) / len(changes)
    above = math.fsum(change - mean for change in changes if change > mean)
    return above / (len(changes) + math.fsum(changes))
