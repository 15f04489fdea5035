import numpy as np


def s(x):
    w = np.exp(x - np.max(x))
    return w / np.sum(w)


def compare_stages(z, tau):
    z = np.asarray(z, dtype=np.float64)
    if z.ndim != 1 or z.size == 0 or not np.all(np.isfinite(z)):
        raise ValueError("z")
    if tau <= 0 or not tau < np.inf:
        raise ValueError("tau")
    one, q = s(z), s(z / tau)
    root = one ** (1 / tau)
    vectors = [q, root / root.sum(), s(np.log(one) / tau), root, s(one / tau), s(tau * z), one]
    names = ["inside", "power", "log_inside", "power_raw", "double", "inverse", "divided"]
    # the two with top-p: no time any more, sorry

    def word(p):
        if abs(p.sum() - 1) > 1e-9:
            return "not a distribution"
        for other, said in ((q, "same"), (one, "no effect")):
            if np.all(np.abs(p - other) <= 1e-9):
                return said
        return "different"

    def H(p):
        p = p[p > 0]
        return float(-(p @ np.log(p)))

    return {name: (p, float(p.sum()), H(p), word(p)) for name, p in zip(names, vectors)}
