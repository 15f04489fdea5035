import numpy as np


def softmax_temperature(z, tau, axis=-1):
    z = np.asarray(z, dtype=float)
    tau = float(np.asarray(tau, dtype=float).reshape(-1)[0]) if np.size(tau) == 1 else np.asarray(tau, dtype=float)
    if z.ndim == 0 or z.shape[axis] == 0:
        raise ValueError("z must not be empty")
    if not np.all(tau > 0):
        raise ValueError("tau must be positive")
    m = z.max(axis=axis, keepdims=True)
    if not np.all(np.isfinite(m)):
        raise ValueError("z must hold finite logits")

    if np.all(tau < 1e-3):
        # limit tau -> 0: everything goes to the argmax, exp() would only overflow here
        q = np.zeros_like(z)
        np.put_along_axis(q, np.expand_dims(z.argmax(axis=axis), axis), 1.0, axis=axis)
        return q

    w = np.exp((z - m) / tau)
    return w / w.sum(axis=axis, keepdims=True)
