"""In log space with numpy alone: logaddexp, folded over the tokens."""

import numpy as np


def softmax_temperature(z, tau, axis=-1):
    """Fold log(exp(a) + exp(b)) over each row."""
    z = np.asarray(z, dtype=np.float64)
    tau = np.asarray(tau, dtype=np.float64)
    if z.ndim == 0:
        raise ValueError("z must have an axis of tokens")
    if not (tau > 0).all():
        raise ValueError("tau must be above 0")
    if (np.isnan(z) | (z == np.inf)).any():
        raise ValueError("logits must be below inf")
    if not np.isfinite(z).any(axis=axis).all():  # an empty row has no finite logit either
        raise ValueError("each row needs a finite logit")
    x = np.full_like(z, -np.inf)
    gap = z - z.max(axis=axis, keepdims=True)
    with np.errstate(over="ignore"):
        np.true_divide(gap, tau, out=x, where=z != -np.inf)
    return np.exp(x - np.logaddexp.reduce(x, axis=axis, keepdims=True))
