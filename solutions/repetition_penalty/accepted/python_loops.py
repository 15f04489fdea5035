"""Plain Python: one pass over the row, with a set of used positions."""

import math

import numpy as np


def repetition_penalty(z, used, rho):
    """Look at each token once."""
    logits = [float(logit) for logit in np.ravel(z)] if np.ndim(z) == 1 else []
    seen = {int(token) for token in used}
    if not logits or any(math.isnan(logit) for logit in logits) or math.isinf(max(logits)):
        raise ValueError("not one row of logits")
    if any(token < 0 or token >= len(logits) for token in seen):
        raise ValueError("a used token is not in the row")
    if not (rho > 0 and rho < math.inf):
        raise ValueError("rho is not a positive number")
    result = []
    for token, logit in enumerate(logits):
        if token not in seen:
            result.append(logit)
        elif logit > 0:
            result.append(logit / rho)
        else:
            result.append(logit * rho)
    return np.array(result)
