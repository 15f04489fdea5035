import numpy as np


def limit_cold(z):
    """Return what softmax(z / tau) becomes as ``tau`` falls to 0."""
    z = np.array(z, dtype=float)
    if z.ndim != 1 or len(z) == 0 or np.isnan(z).any():
        raise ValueError("z")
    top = z.max()
    if top == np.inf or top == -np.inf:
        raise ValueError("z")
    n_top = 0
    for x in z:
        if x == top:
            n_top = n_top + 1
    p = np.zeros(len(z))
    for i in range(len(z)):
        if z[i] == top:
            p[i] = 1 / n_top
    return p


def limit_hot(z):
    """Return what softmax(z / tau) becomes as ``tau`` grows to infinity."""
    raise NotImplementedError


def close_to_limit(z, tau, which):
    """Return the total variation distance between softmax(z / tau) and one of its limits."""
    raise NotImplementedError
