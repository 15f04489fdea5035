import numpy as np


def entropy_slope(z, tau):
    """dH/dtau and a bound."""
    z = np.asarray(z, dtype=np.float64)
    if z.ndim != 1 or z.shape[0] == 0 or np.any(np.isnan(z)) or np.any(z == np.inf) or np.all(z == -np.inf):
        raise ValueError("z must be one row of logits")
    if np.isnan(tau) or tau <= 0 or tau == np.inf:
        raise ValueError("tau must be above 0 and finite")

    z = z[z != -np.inf]
    distance = np.amax(z) - z
    weights = np.exp(-distance / tau)
    q = weights / np.sum(weights)
    mean = np.sum(q * distance)
    variance = np.sum(q * (distance - mean) ** 2)
    slope = variance / tau**3

    step = 6e-6 * tau
    numerical = (entropy(z, tau + step) - entropy(z, tau - step)) / (2 * step)
    return float(slope), float(abs(slope - numerical))
