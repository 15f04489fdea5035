import numpy as np


def softmax_temperature(z, tau, axis=-1):
    z = np.asarray(z, dtype=np.float64)
    tau = np.asarray(tau, dtype=np.float64)
    if z.ndim == 0 or z.shape[axis] == 0:
        raise ValueError("no logits")
    if not np.all(tau > 0):
        raise ValueError("tau has to be > 0")
    mx = np.max(z, axis=axis, keepdims=True)
    if not np.all(np.isfinite(mx)):
        raise ValueError("bad logits")
    num = np.exp((z - mx) / tau)
    q = num / np.sum(num, axis=axis, keepdims=True)
    print(q)


softmax_temperature([0.0, 1.0], tau=1.0)
softmax_temperature([0.0, 1.0], tau=2.0)
