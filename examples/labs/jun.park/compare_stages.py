import numpy as np
from scipy import stats


def s(x):
    e = np.exp(x - x.max())
    return e / e.sum()


def top_p_mask(p):
    order = np.argsort(-p, kind="mergesort")
    c = np.cumsum(p[order])
    last = np.nonzero(c >= 0.9)[0][0]
    mask = np.zeros(p.shape, bool)
    mask[order[: last + 1]] = True
    return mask


def compare_stages(z, tau):
    x = np.array(z, np.float64)
    if x.ndim != 1 or x.size == 0 or np.isnan(x).any() or np.isinf(x).any():
        raise ValueError("z")
    if not (tau > 0 and tau < np.inf):
        raise ValueError("tau")
    p1, pt = s(x), s(x / tau)
    pw = np.power(p1, 1 / tau)
    m1, mt = top_p_mask(p1), top_p_mask(pt)
    stage = {}
    stage["inside"] = pt
    stage["power"] = pw / pw.sum()
    stage["log_inside"] = s(np.log(p1) / tau)
    stage["power_raw"] = pw
    stage["double"] = s(p1 / tau)
    stage["inverse"] = s(tau * x)
    stage["divided"] = (p1 / tau) / (p1 / tau).sum()
    stage["top_p_after"] = pt * mt / (pt * mt).sum()
    stage["top_p_before"] = pt * m1 / (pt * m1).sum()
    for name, p in stage.items():
        if np.abs(p.sum() - 1) > 1e-9:
            v = "not a distribution"
        elif np.abs(p - pt).max() <= 1e-9:
            v = "same"
        elif np.abs(p - p1).max() <= 1e-9:
            v = "no effect"
        else:
            v = "different"
        stage[name] = (p, float(p.sum()), float(stats.entropy(p)), v)
    return stage
