import numpy as np


def s(x):
    x = x - np.max(x)
    return np.exp(x) / np.sum(np.exp(x))


def topp(p):
    o = np.argsort(p)[::-1]
    total = 0
    keep = np.zeros(len(p))
    for i in o:
        keep[i] = 1
        total += p[i]
        if total >= 0.9:
            break
    return keep


def row(name, p, inside, plain):
    total = np.sum(p)
    H = -np.sum(p[p > 0] * np.log(p[p > 0]))
    if abs(total - 1) > 1e-9:
        return (name, p, float(total), float(H), "not a distribution")
    if np.max(abs(p - inside)) <= 1e-9:
        return (name, p, float(total), float(H), "same")
    if np.max(abs(p - plain)) <= 1e-9:
        return (name, p, float(total), float(H), "no effect")
    return (name, p, float(total), float(H), "different")


def compare_stages(z, tau):
    z = np.array(z, dtype=float)
    if z.ndim != 1 or z.size == 0 or not np.isfinite(z).all():
        raise ValueError("z has a bad logit")
    if not (tau > 0 and np.isfinite(tau)):
        raise ValueError("tau has to be positive")
    plain = s(z)
    inside = s(z / tau)
    raw = plain ** (1 / tau)
    a = inside * topp(inside)
    b = inside * topp(plain)
    return [
        row("inside", inside, inside, plain),
        row("power", raw / np.sum(raw), inside, plain),
        row("log_inside", s(np.log(plain) / tau), inside, plain),
        row("power_raw", raw, inside, plain),
        row("double", s(plain / tau), inside, plain),
        row("inverse", s(tau * z), inside, plain),
        row("divided", plain / np.sum(plain), inside, plain),
        row("top_p_after", a / np.sum(a), inside, plain),
        row("top_p_before", b / np.sum(b), inside, plain),
    ]
