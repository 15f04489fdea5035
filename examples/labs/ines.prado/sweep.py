import numpy as np


def sweep(z, taus):
    z = np.asarray(z, dtype=float)
    taus = np.asarray(taus, dtype=float)
    q = np.exp((z - z.max())[None, :] / taus[:, None])
    q = q / q.sum(axis=1, keepdims=True)
    H = -(q * np.log(np.where(q > 0, q, 1.0))).sum(axis=1)
    return {"H": H, "N": np.exp(H), "qmax": q.max(axis=1)}


def plot_sweep(ax, z, taus):
    z = np.asarray(z, dtype=float)
    V = np.isfinite(z).sum()
    m = (z == z.max()).sum()
    ax.plot(taus, sweep(z, taus)["H"], label="entropía")
    ax.plot([min(taus), max(taus)], [np.log(V), np.log(V)], "--", label="log V")
    ax.plot([min(taus), max(taus)], [np.log(m), np.log(m)], "--", label="log m")
    ax.set_xscale("log")
    ax.set_xlabel("tau")
    ax.set_ylabel("entropía")
    ax.legend(loc="lower right")
