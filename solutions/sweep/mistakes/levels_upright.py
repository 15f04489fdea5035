"""The levels stand upright, as if they were temperatures."""

import numpy as np


def sweep(z, taus):
    z = np.asarray(z, dtype=np.float64)
    taus = np.asarray(taus, dtype=np.float64)
    if z.ndim != 1 or z.size == 0 or not np.isfinite(z.max()):
        raise ValueError("z must be one row of logits, finite or -inf, and not all -inf")
    if not (taus > 0).all():
        raise ValueError("every temperature must be greater than 0")
    weight = np.exp((z - z.max()) / taus[:, np.newaxis])
    q = weight / weight.sum(axis=1, keepdims=True)
    log_q = np.log(q, out=np.zeros(q.shape), where=q > 0)
    entropy = 0.0 - (q * log_q).sum(axis=1)
    return {"H": entropy, "N": np.exp(entropy), "qmax": q.max(axis=1)}


def plot_sweep(ax, z, taus):
    z = np.asarray(z, dtype=np.float64)
    tokens = np.count_nonzero(z > -np.inf)
    maxima = np.count_nonzero(z == z.max())
    ax.plot(taus, sweep(z, taus)["H"], label="H")
    ax.axvline(np.log(tokens), linestyle="--", label="log V")
    ax.axvline(np.log(maxima), linestyle=":", label="log m")
    ax.set_xscale("log")
    ax.set_xlabel("temperature tau")
    ax.set_ylabel("entropy H in nats")
    ax.legend()
