""" "no effect" is asked before "same"."""

import numpy as np


def compare_stages(z, tau):
    z = np.asarray(z, dtype=np.float64)
    if z.ndim != 1 or z.size == 0 or not np.isfinite(z).all():
        raise ValueError("z must be one row of finite logits")
    if not 0 < tau < np.inf:
        raise ValueError("tau must be greater than 0, and finite")

    def softmax(x):
        weights = np.exp(x - x.max())
        return weights / weights.sum()

    def nucleus(p):
        order = np.argsort(-p, kind="stable")
        kept = np.empty(p.size, dtype=bool)
        kept[order] = np.cumsum(p[order]) - p[order] < 0.9
        return kept

    plain, inside = softmax(z), softmax(z / tau)
    powers, shares = plain ** (1 / tau), plain / tau
    after = np.where(nucleus(inside), inside, 0.0)
    vectors = {
        "inside": inside,
        "power": powers / powers.sum(),
        "log_inside": softmax(np.log(plain) / tau),
        "power_raw": powers,
        "double": softmax(plain / tau),
        "inverse": softmax(tau * z),
        "divided": shares / shares.sum(),
        "top_p_after": after / after.sum(),
        "top_p_before": softmax(np.where(nucleus(plain), z, -np.inf) / tau),
    }

    def row(p):
        total = float(p.sum())
        entropy = 0.0 - float(np.sum(p * np.log(p, out=np.zeros(p.size), where=p > 0)))
        if abs(total - 1) > 1e-9:
            return p, total, entropy, "not a distribution"
        if np.abs(p - plain).max() <= 1e-9:
            return p, total, entropy, "no effect"
        return p, total, entropy, "same" if np.abs(p - inside).max() <= 1e-9 else "different"

    return {name: row(p) for name, p in vectors.items()}
