import sys

import numpy as np


def die(message):
    print("ERROR:", message, file=sys.stderr)
    sys.exit(1)


def softmax_temperature(z, tau, axis=-1):
    z = np.asarray(z, dtype=float)
    tau = np.asarray(tau, dtype=float)
    if z.ndim == 0 or z.shape[axis] == 0:
        die("z is empty")
    if not np.all(tau > 0):
        die("tau must be greater than zero")
    m = z.max(axis=axis, keepdims=True)
    if not np.all(np.isfinite(m)):
        die("z must be finite")
    e = np.exp((z - m) / tau)
    return e / e.sum(axis=axis, keepdims=True)
