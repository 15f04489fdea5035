import numpy as np


def softmax_temperature(z, tau, axis=-1):
    z = np.asarray(z, dtype=np.float64)
    tau = np.asarray(tau, dtype=np.float64)
    if z.ndim == 0 or z.shape[axis] == 0:
        raise ValueError("z")
    if not (tau > 0).all():
        raise ValueError("tau")
    mx = z.max(axis, keepdims=True)
    if not np.isfinite(mx).all():
        raise ValueError("z")
    out = np.exp((z - mx) / tau)
    out = out / out.sum(axis, keepdims=True)
    # float32 like in pytorch, probabilities do not need more
    return out.astype(np.float32)
