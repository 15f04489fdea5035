import numpy as np
from scipy import special


def softmax_temperature(z, tau, axis=-1):
    a = np.array(z, dtype="float64")
    t = np.array(tau, dtype="float64")
    if a.ndim < 1 or a.shape[axis] < 1:
        raise ValueError("no logits")
    biggest = a.max(axis=axis, keepdims=True)
    if not np.isfinite(biggest).all() or not (t > 0).all():
        raise ValueError("check your logits and your tau")
    return special.softmax((a - biggest) / t, axis=axis)
