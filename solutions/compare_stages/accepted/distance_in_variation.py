"""Logarithms of all vectors first; two of them are equal if their total variation distance is tiny."""

import numpy as np


def compare_stages(z, tau):
    """Keep logarithms until the end."""
    z = np.asarray(z)
    if z.ndim != 1 or z.shape[0] < 1 or np.isfinite(z.astype(float)).sum() != z.shape[0]:
        raise ValueError("logits")
    if np.isnan(tau) or tau <= 0 or tau == np.inf:
        raise ValueError("temperature")
    z = z.astype(np.float64)

    def log_soft(x):
        m = x.max()
        return x - m - np.log(np.exp(x - m).sum())

    def without_tail(logp):
        cut = logp.copy()
        for token in range(len(cut)):
            larger = logp > logp[token]
            earlier = (logp == logp[token]) & (np.arange(len(cut)) < token)
            if np.exp(logp[larger | earlier]).sum() >= 0.9:
                cut[token] = -np.inf
        return log_soft(cut)

    first = log_soft(z)
    logs = {
        "inside": log_soft(z / tau),
        "power": log_soft(first / tau),
        "log_inside": log_soft(first / tau),
        "power_raw": first / tau,
        "double": log_soft(np.exp(first) / tau),
        "inverse": log_soft(tau * z),
        "divided": log_soft(first - np.log(tau)),
        "top_p_after": without_tail(log_soft(z / tau)),
        "top_p_before": log_soft(without_tail(first) / tau),
    }
    stages = {}
    for name, logp in logs.items():
        p = np.exp(logp)
        entropy = -np.dot(p[p > 0], logp[p > 0])
        holds = {
            "not a distribution": abs(np.sum(p) - 1) > 1e-10,
            "same": 0.5 * np.sum(abs(p - np.exp(logs["inside"]))) < 1e-10,
            "no effect": 0.5 * np.sum(abs(p - np.exp(first))) < 1e-10,
            "different": True,
        }
        verdict = next(word for word in holds if holds[word])
        stages[name] = (p, float(np.sum(p)), float(entropy), verdict)
    return stages
