import numpy as np


def thin(z, tau, n, rng):
    z = np.asarray(z, dtype=np.float64)
    if z.ndim != 1 or z.size == 0 or not abs(z.max()) < np.inf:
        raise ValueError("z")
    if not 0 < tau < np.inf or n < 1:
        raise ValueError("tau or n")
    z = z - z.max()
    keep = z > -np.inf
    log_accept = np.full(len(z), -np.inf)
    if tau <= 1:
        log_accept[keep] = z[keep] * (1 / tau - 1)
    else:
        log_accept[keep] = (z[keep] - z[keep].min()) * (1 / tau - 1)

    draws, proposals = [], 0
    while len(draws) < n:
        i = int(np.argmax(z + rng.gumbel(size=len(z))))
        proposals += 1
        if -rng.exponential() <= log_accept[i]:
            draws.append(i)
    return np.array(draws, dtype=np.int64), n / proposals
