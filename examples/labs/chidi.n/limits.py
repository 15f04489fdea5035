import numpy as np


def _row(z):
    z = np.asarray(z, dtype=np.float64)
    if z.ndim != 1 or z.size == 0:
        raise ValueError("z must be one row")
    if np.isnan(z).any() or np.isposinf(z).any() or np.isneginf(z).all():
        raise ValueError("bad logits")
    return z


def limit_cold(z):
    # greedy decoding = tau -> 0. Ties are a measure-zero edge case.
    z = _row(z)
    p = np.zeros(z.size)
    p[np.argmax(z)] = 1.0
    return p


def limit_hot(z):
    z = _row(z)
    p = np.where(np.isneginf(z), 0.0, 1.0)
    return p / p.sum()


def close_to_limit(z, tau, which):
    z = _row(z)
    if not (tau > 0 and np.isfinite(tau)):
        raise ValueError("bad temperature")
    if which not in ("cold", "hot"):
        raise ValueError("unknown limit")
    w = np.exp((z - z.max()) / tau)
    if which == "cold":
        others = np.delete(w, np.argmax(z)).sum()
        return float(others / (1.0 + others))
    return float(0.5 * np.abs(w / w.sum() - limit_hot(z)).sum())
