import numpy as np


def softmax_temperature(z, tau, axis=-1):
    if not np.all(np.asarray(tau) > 0):
        raise ValueError("tau must be > 0")
    # the logits come as a numpy array
    if z.ndim == 0 or z.shape[axis] == 0:
        raise ValueError("empty")
    m = z.max(axis=axis, keepdims=True)
    if not np.isfinite(m).all():
        raise ValueError("bad logits")
    z = z.astype(np.float64)
    p = np.exp((z - m.astype(np.float64)) / np.asarray(tau, dtype=np.float64))
    return p / p.sum(axis=axis, keepdims=True)
