import numpy as np


def alive_logits(z):
    z = np.asarray(z, dtype=np.float64)
    if z.ndim != 1 or z.size == 0 or not abs(z.max()) < np.inf:
        raise ValueError("z")
    return z, z > -np.inf


def limit_cold(z):
    z, _ = alive_logits(z)
    order = np.argsort(-z, kind="stable")
    m = int(np.argmax(np.append(z[order] < z[order[0]], True)))
    p = np.zeros_like(z)
    p[order[:m]] = 1 / m
    return p


def limit_hot(z):
    _, alive = alive_logits(z)
    return np.divide(alive, alive.sum())


def close_to_limit(z, tau, which):
    z, alive = alive_logits(z)
    if tau <= 0 or not tau < np.inf:
        raise ValueError("tau")
    if which not in {"cold", "hot"}:
        raise ValueError("which")
    gap = z.max() - z[alive]
    w = np.exp(-gap / tau)
    if which == "cold":
        return float(w[gap > 0].sum() / w.sum())
    # TV = sum over pairs of (q_i - q_j)+ / V, and q_i - q_j comes from expm1
    e = np.sort(-np.expm1(-gap / tau))  # 0 = e_1 <= e_2 <= ...: how much lighter than the best
    lighter = e - e.mean()
    return float(-lighter[lighter < 0].sum() / w.sum())
