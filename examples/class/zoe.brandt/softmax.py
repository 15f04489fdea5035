import numpy as np


def softmax_temperature(z, tau, axis=-1):
    z = np.array(z, dtype=float)
    tau = np.array(tau, dtype=float)
    if z.ndim == 0 or z.shape[axis] == 0:
        raise ValueError("empty")
    if not np.all(tau > 0):
        raise ValueError("tau")
    if np.isnan(z).any() or np.isposinf(z).any() or np.isneginf(z).all(axis=axis).any():
        raise ValueError("logits")

    q = np.exp((z - z.max(axis=axis, keepdims=True)) / tau)
    # dividing once may leave a rounding error: repeat until the rows really sum to 1
    while not np.allclose(q.sum(axis=axis), 1.0, rtol=0, atol=1e-13):
        q = q / q.sum(axis=axis, keepdims=True)
    return q
