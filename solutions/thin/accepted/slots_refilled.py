"""n slots, all filled; rejected ones are filled again until none is left."""

import numpy as np


def thin(z, tau, n, rng):
    """Refill the slots that are still open."""
    z = np.asarray(z, dtype=np.float64)
    if z.ndim != 1 or not z.size or np.isnan(z).any() or abs(z.max()) == np.inf:
        raise ValueError("bad z")
    if np.isnan(tau) or tau <= 0 or tau == np.inf:
        raise ValueError("bad tau")
    if n <= 0:
        raise ValueError("bad n")
    p = np.exp(z - z.max())
    p = p / p.sum()
    wanted = np.where(p > 0, p, 1.0) ** (1 / tau) * (p > 0)
    ratio = wanted / np.where(p > 0, p, 1.0)  # q / p, but for a factor
    accept = ratio / ratio.max()
    slots, open_slots, thrown = np.full(n, -1, dtype=np.int64), np.arange(n), 0
    while open_slots.size:
        proposal = rng.choice(z.size, size=open_slots.size, p=p)
        good = rng.random(open_slots.size) < accept[proposal]
        slots[open_slots[good]] = proposal[good]
        thrown += open_slots.size
        open_slots = open_slots[~good]
    return slots, n / thrown
