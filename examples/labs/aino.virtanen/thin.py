import numpy as np


def thin(z, tau, n, rng):
    z = np.array(z, dtype=np.float64)
    if z.ndim != 1 or z.size == 0 or not np.isfinite(z.max()):
        raise ValueError("z must be one row with a finite maximum")
    if not 0 < tau < np.inf:
        raise ValueError("tau must be positive and finite")
    if n < 1:
        raise ValueError("n must be at least 1")
    z = z - z.max()
    p = np.exp(z)
    p /= p.sum()
    ref = 0.0 if tau <= 1 else z[np.isfinite(z)].min()
    accept = np.exp(np.where(np.isfinite(z), (z - ref) * (1 / tau - 1), -np.inf))
    rate = 1.0 if tau == 1 else float(np.minimum(p @ accept, 1.0))

    got = np.zeros(0, dtype=np.int64)
    while got.size < n:
        proposal = rng.choice(p.size, size=2 * n + 50, p=p)
        got = np.append(got, proposal[rng.random(proposal.size) < accept[proposal]])
    return got[:n], rate
