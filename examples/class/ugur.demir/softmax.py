import numpy as np

NEG = -1e9   # "minus infinity", same trick as in attention masks


def softmax_temperature(z, tau, axis=-1):
    z = np.array(z, dtype=float)
    tau = np.array(tau, dtype=float)
    if z.ndim == 0 or z.shape[axis] == 0:
        raise ValueError("empty")
    if np.isnan(z).any() or (z == np.inf).any():
        raise ValueError("nan/inf in z")
    mask = z == -np.inf
    if mask.all(axis=axis).any():
        raise ValueError("fully masked row")
    if np.isnan(tau).any() or (tau <= 0).any():
        raise ValueError("tau out of range")
    z[mask] = NEG            # so that there are no infs in the computation
    z = z - z.max(axis=axis, keepdims=True)
    e = np.exp(z / tau)
    return e / e.sum(axis=axis, keepdims=True)
