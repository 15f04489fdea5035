import numpy as np


def softmax_temperature(z, tau, axis=-1):
    """Softmax of z / tau along axis."""
    z = np.asarray(z, dtype=np.float64)
    tau = np.asarray(tau, dtype=np.float64)

    # 1. refuse what makes no sense
    if z.ndim == 0:
        raise ValueError("z must be an array")
    if z.shape[axis] == 0:
        raise ValueError("z must not be empty")
    if np.any(np.isnan(z)) or np.any(z == np.inf):
        raise ValueError("z must not hold nan or +inf")
    if np.any(np.all(z == -np.inf, axis=axis)):
        raise ValueError("a row is masked completely")
    if np.any(np.isnan(tau)) or np.any(tau <= 0):
        raise ValueError("tau must be above 0")

    # 2. distance to the best token, so nothing can overflow
    distance = np.subtract(np.amax(z, axis=axis, keepdims=True), z)

    # 3. Boltzmann weights
    weights = np.exp(np.negative(np.divide(distance, tau)))

    # 4. normalise
    return np.divide(weights, np.sum(weights, axis=axis, keepdims=True))
