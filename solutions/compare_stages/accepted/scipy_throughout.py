"""scipy's softmax, log_softmax and entr; tokens outside the nucleus lose their logit."""

import numpy as np
from scipy.special import entr, log_softmax, softmax


def compare_stages(z, tau):
    """Let scipy do the sums."""
    z = np.array(z, dtype=float)
    if z.ndim != 1 or len(z) == 0 or np.isnan(z).any() or np.isinf(z).any():
        raise ValueError("z")
    if not np.isfinite(tau) or tau <= 0:
        raise ValueError("tau")

    def top_p(logits):
        q = softmax(logits)
        ranked = np.sort(q)[::-1]
        least = ranked[np.searchsorted(np.cumsum(ranked), 0.9)]
        return np.where(q >= least, logits, -np.inf)

    base, log_base = softmax(z), log_softmax(z)
    stages = {"inside": softmax(z / tau), "log_inside": softmax(log_base / tau)}
    stages["power_raw"] = np.exp(log_base / tau)
    stages["power"] = stages["power_raw"] / stages["power_raw"].sum()
    stages["double"] = softmax(base / tau)
    stages["inverse"] = softmax(z * tau)
    stages["divided"] = (base / tau) / (base / tau).sum()
    stages["top_p_after"] = softmax(top_p(z / tau))
    stages["top_p_before"] = softmax(top_p(z) / tau)

    def said(p):
        if not np.isclose(p.sum(), 1.0, rtol=0, atol=1e-9):
            return "not a distribution"
        if np.allclose(p, stages["inside"], rtol=0, atol=1e-9):
            return "same"
        if np.allclose(p, base, rtol=0, atol=1e-9):
            return "no effect"
        return "different"

    return {name: (p, p.sum(), entr(p).sum(), said(p)) for name, p in stages.items()}
