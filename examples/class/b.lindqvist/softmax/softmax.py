import numpy as np
from scipy.special import softmax


def _validate(z, tau, axis):
    if z.ndim < 1:
        raise ValueError("z has to be an array")
    if z.shape[axis] < 1:
        raise ValueError("empty row")
    if np.any(np.isnan(z)) or np.any(z == np.inf):
        raise ValueError("nan/inf logit")
    if np.any(np.all(z == -np.inf, axis=axis)):
        raise ValueError("fully masked row")
    if not np.all(tau > 0):
        raise ValueError("tau must be positive")


def softmax_temperature(z, tau, axis=-1):
    # scipy already does the max trick, no need to write it again
    z, tau = np.asarray(z, float), np.asarray(tau, float)
    _validate(z, tau, axis)
    return softmax(z / tau, axis=axis)
