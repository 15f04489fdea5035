import numpy as np


def validated(z):
    z = np.asarray(z, dtype=np.float64)
    if z.ndim != 1:
        raise ValueError("z must be one row")
    if z.shape[0] == 0:
        raise ValueError("z must not be empty")
    if np.any(np.isnan(z)) or np.any(z == np.inf):
        raise ValueError("z must not hold nan or +inf")
    if np.all(z == -np.inf):
        raise ValueError("all masked")
    return z


def share_equally(chosen):
    """Give every chosen token the same share and all others nothing."""
    p = np.zeros(chosen.shape[0], dtype=np.float64)
    p[chosen] = 1.0 / np.sum(chosen)
    return p


def limit_cold(z):
    z = validated(z)
    return share_equally(z == np.amax(z))


def limit_hot(z):
    z = validated(z)
    return share_equally(z != -np.inf)


def close_to_limit(z, tau, which):
    z = validated(z)
    if np.isnan(tau) or tau <= 0 or tau == np.inf:
        raise ValueError("tau must be above 0 and finite")

    best = np.amax(z)
    distance = (best - z) / tau

    if which == "cold":
        losers = np.logical_and(z < best, z != -np.inf)
        leak = np.sum(np.exp(-distance[losers]))
        return float(leak / (leak + np.sum(z == best)))

    if which == "hot":
        # q_i - 1/V = (w_i - mean(w)) / sum(w), and w_i - mean(w) is the mean of the differences
        # w_i - w_j, each of which is  -w_j * expm1(...)  without cancellation
        d = np.sort(distance[z != -np.inf])
        loss = -np.expm1(-d)              # 1 - w, from 0 upwards
        average = np.mean(loss)
        total = np.sum(1.0 - loss)
        return float(np.sum(np.abs(loss - average)) / (2.0 * total))

    raise ValueError("which must be cold or hot")
