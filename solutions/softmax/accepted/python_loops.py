"""No array arithmetic at all: loops, math.exp, and numpy for carrying rows in and out."""

import math

import numpy as np


def softmax_temperature(z, tau, axis=-1):
    """Walk through the rows one by one."""
    rows = np.array(z, dtype=float)
    if rows.ndim == 0 or rows.shape[axis] == 0:
        raise ValueError("z must hold rows of logits")
    tau = float(tau) if np.size(tau) == 1 else _refuse("tau must be one number")
    if math.isnan(tau) or tau <= 0:
        raise ValueError("tau must be positive")
    rows = np.moveaxis(rows, axis, -1)  # (..., V)
    answer = np.empty(rows.shape)
    for where in np.ndindex(rows.shape[:-1]):
        row = rows[where].tolist()
        if any(math.isnan(logit) or logit == math.inf for logit in row) or all(logit == -math.inf for logit in row):
            raise ValueError("logits must be finite or -inf, and not all masked")
        best = max(row)
        weights = [0.0 if logit == -math.inf else math.exp((logit - best) / tau) for logit in row]
        total = sum(weights)
        answer[where] = [weight / total for weight in weights]
    return np.moveaxis(answer, -1, axis)


def _refuse(message):
    raise ValueError(message)
