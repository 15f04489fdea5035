import numpy as np
from scipy.special import softmax, xlogy


def keep_top(p):
    idx = np.argsort(-p)
    keep = []
    mass = 0
    for i in idx:
        keep.append(i)
        mass = mass + p[i]
        if mass >= 0.9:
            break
    return np.array(keep)


def verdict(p, inside, plain):
    # np.allclose is what you compare floats with
    if not np.isclose(p.sum(), 1):
        return "not a distribution"
    if np.allclose(p, inside):
        return "same"
    if np.allclose(p, plain):
        return "no effect"
    return "different"


def compare_stages(z, tau):
    a = np.array(z, dtype="float64")
    if a.ndim != 1 or a.size < 1 or not np.isfinite(a).all():
        raise ValueError("z")
    if not (0 < tau < float("inf")):
        raise ValueError("tau")
    plain = softmax(a)
    inside = softmax(a / tau)

    k = keep_top(inside)
    after = np.zeros_like(a)
    after[k] = inside[k] / inside[k].sum()
    k = keep_top(plain)
    before = np.zeros_like(a)
    before[k] = softmax(a[k] / tau)

    power = plain ** (1 / tau)
    table = dict(
        inside=inside,
        power=power / power.sum(),
        log_inside=softmax(np.log(plain) / tau),
        power_raw=power,
        double=softmax(plain / tau),
        inverse=softmax(a * tau),
        divided=plain / tau / (plain / tau).sum(),
        top_p_after=after,
        top_p_before=before,
    )
    return {k: (p, float(p.sum()), float(-xlogy(p, p).sum()), verdict(p, inside, plain)) for k, p in table.items()}
