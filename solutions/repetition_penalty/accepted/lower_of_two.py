"""The lower of z / rho and z * rho; for a reward, the higher one."""

import numpy as np


def repetition_penalty(z, used, rho):
    """Ask for no sign at all."""
    logits = np.asarray(z, dtype=np.float64)
    tokens = np.unique(np.asarray(used, dtype=int))
    if logits.ndim != 1 or logits.size == 0 or not np.isfinite(np.max(logits)):
        raise ValueError("z must be a row of logits")
    if tokens.size > 0 and (tokens[0] < 0 or tokens[-1] >= logits.size):
        raise ValueError("used must hold positions of the row")
    if not np.inf > rho > 0:
        raise ValueError("rho must be positive and finite")
    pick = np.minimum if rho >= 1 else np.maximum
    result = np.copy(logits)
    result[tokens] = pick(logits[tokens] / rho, logits[tokens] * rho)
    return result
