import numpy as np

CLOSE = 1e-9


def s(x):
    e = np.exp(x - np.max(x))
    return e / e.sum()


def nucleus(p):
    """True for the tokens that top-p (0.9) keeps."""
    order = np.argsort(-p, kind="stable")
    before = np.cumsum(p[order]) - p[order]
    keep = np.zeros(p.size, dtype=bool)
    keep[order[before < 0.9]] = True
    return keep


def compare_stages(z, tau):
    z = np.array(z, dtype=np.float64)
    if z.ndim != 1 or z.size == 0 or not np.isfinite(z).all():
        raise ValueError("z must be one row of finite logits")
    if not (tau > 0 and np.isfinite(tau)):
        raise ValueError("tau must be positive and finite")

    plain, inside = s(z), s(z / tau)
    raw = plain ** (1 / tau)
    after = np.where(nucleus(inside), inside, 0.0)
    before = np.where(nucleus(plain), z / tau, -np.inf)
    vectors = {
        "inside": inside,
        "power": raw / raw.sum(),
        "log_inside": s(np.log(plain) / tau),
        "power_raw": raw,
        "double": s(plain / tau),
        "inverse": s(tau * z),
        "divided": (plain / tau) / (plain / tau).sum(),
        "top_p_after": after / after.sum(),
        "top_p_before": s(before),
    }

    def far(p, q):
        return np.abs(p - q).max() > CLOSE

    result = {}
    for name, p in vectors.items():
        total = float(p.sum())
        positive = p[p > 0]
        h = float(-(positive * np.log(positive)).sum())
        if abs(total - 1) > CLOSE:
            word = "not a distribution"
        elif not far(p, inside):
            word = "same"
        elif not far(p, plain):
            word = "no effect"
        else:
            word = "different"
        result[name] = (p, total, h, word)
    return result
