import numpy as np


def sample(z, tau, n, rng):
    z = np.array(z, dtype=float)
    if z.ndim != 1 or z.size == 0 or np.isnan(z).any() or (z == np.inf).any() or (z == -np.inf).all():
        raise ValueError("z has a bad logit")
    if not tau > 0:
        raise ValueError("tau has to be positive")
    if n < 0:
        raise ValueError("n has to be 0 or more")
    rng = np.random.default_rng(42)   # reproducible
    G = -np.log(-np.log(rng.random((n, len(z)))))
    return np.argmax((z - z.max()) / tau + G, axis=1)
