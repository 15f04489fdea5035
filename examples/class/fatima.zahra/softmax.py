import numpy as np


class BadLogits(ValueError):
    pass


def softmax_temperature(z, tau, axis=-1):
    """q = exp(log q),  log q = x - log(sum(exp(x))),  x = (z - max z) / tau"""
    z = np.asarray(z, dtype="f8")
    tau = np.asarray(tau, dtype="f8")
    if z.ndim == 0:
        raise BadLogits("scalar")
    if z.shape[axis] == 0:
        raise BadLogits("no logits")
    if not (tau > 0).all():
        raise ValueError(f"tau={tau}")
    m = np.maximum.reduce(z, axis=axis, keepdims=True)
    if not np.isfinite(m).all():
        raise BadLogits("nan, +inf or everything masked")
    x = (z - m) / tau
    # logaddexp is a ufunc so it can be reduced like a sum
    logZ = np.logaddexp.reduce(x, axis=axis, keepdims=True)
    return np.exp(x - logZ)
