"""exp2 instead of exp: a weight is 2 to the power of the exponent times log2(e)."""

import numpy as np


def softmax_temperature(z, tau, axis=-1):
    """Change the base, and change it back."""
    z = np.ma.masked_equal(np.asarray(z, dtype=np.float64), -np.inf)
    tau = np.asarray(tau, dtype=np.float64)
    if z.ndim == 0 or z.shape[axis] == 0:
        raise ValueError("z needs logits")
    if not np.all(tau > 0):
        raise ValueError("tau must be above 0")
    if np.ma.getmaskarray(z).all(axis=axis).any() or not np.isfinite(z.compressed()).all():
        raise ValueError("every row needs a finite logit, and none may be nan or inf")
    top = z.max(axis=axis, keepdims=True).filled()
    with np.errstate(over="ignore"):
        weight = np.where(np.ma.getmaskarray(z), 0.0, np.exp2((z.filled(0.0) - top) / tau * np.log2(np.e)))
    return weight / weight.sum(axis=axis, keepdims=True)
