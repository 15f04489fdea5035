import numpy as np
from scipy.special import softmax


def sweep(z, taus):
    a = np.array(z, dtype="float64")
    t = np.array(taus, dtype="float64")
    if a.ndim != 1 or a.size < 1 or not np.isfinite(a.max()) or not (t > 0).all():
        raise ValueError("z or taus")
    q = softmax((a - a.max()) / t.reshape(-1, 1), axis=1)
    logs = np.log2(q, out=np.zeros_like(q), where=q > 0)
    bits = -(q * logs).sum(axis=1)
    return {"H": bits, "N": 2**bits, "qmax": q.max(axis=1)}


def plot_sweep(ax, z, taus):
    a = np.array(z, dtype="float64")
    t = np.array(taus, dtype="float64")
    V = (a > -np.inf).sum()
    m = (a == a.max()).sum()
    ax.plot(t, sweep(z, taus)["H"], "b-", label="H")
    ax.plot(t, np.full_like(t, np.log2(V)), "r--", label="max: log V")
    ax.plot(t, np.full_like(t, np.log2(m)), "g--", label="min: log m")
    ax.set(xscale="log", xlabel="temperature", ylabel="entropy", title="entropy sweep")
    ax.legend()
