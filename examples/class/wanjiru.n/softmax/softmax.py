import numpy as np


def softmax_temperature(z, tau, axis=-1):
    z = np.asarray(z, dtype=np.float64)
    # large logits overflow, keep them in a range where exp is safe
    z = np.clip(z, -500.0, 500.0)
    w = np.exp(z / tau)
    return w / w.sum(axis=axis, keepdims=True)
