"""A plain loop: noise for each token of each draw, the best one kept."""

import math

import numpy as np


def sample(z, tau, n, rng):
    """Compare noisy logits one by one."""
    logits = [float(logit) for logit in z] if np.ndim(z) == 1 else []
    unmasked = [logit for logit in logits if logit != -math.inf]
    if not unmasked or any(math.isnan(logit) or logit == math.inf for logit in logits):
        raise ValueError("z must be one row of logits, finite or -inf")
    if math.isnan(tau) or tau <= 0:
        raise ValueError("tau must be greater than 0")
    if n < 0:
        raise ValueError("n is negative")
    tokens = np.empty(n, dtype=np.int64)
    for draw in range(n):
        best, token = -math.inf, 0
        for index, logit in enumerate(logits):
            if logit == -math.inf:
                continue
            noisy = logit / tau + rng.gumbel()
            if noisy > best:
                best, token = noisy, index
        tokens[draw] = token
    return tokens
