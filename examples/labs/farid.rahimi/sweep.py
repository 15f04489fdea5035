import numpy as np
from scipy.special import entr, softmax


def sweep(z, taus):
    z = np.asarray(z, float)
    taus = np.asarray(taus, float)
    if z.ndim != 1 or z.size == 0 or np.isnan(z).any() or np.isposinf(z).any() or np.isneginf(z).all():
        raise ValueError("logits")
    if not np.greater(taus, 0).all():
        raise ValueError("taus")
    q = softmax(np.divide.outer(z - z.max(), taus), axis=0)  # (V, T)
    H = entr(q).sum(axis=0)
    return {"qmax": q.max(axis=0), "H": H, "N": np.exp(H)}


def plot_sweep(ax, z, taus):
    z = np.asarray(z, float)
    H = sweep(z, taus)["H"]
    ax.set_xscale("log")
    ax.set_xlabel("Temperature")
    ax.set_ylabel("Shannon entropy [nats]")
    for height, name in ((np.isfinite(z).sum(), "log V"), (np.sum(z == z.max()), "log m")):
        ax.axhline(np.log(height), lw=0.8, c="0.5")
        ax.annotate(name, (np.min(taus), np.log(height)))
    ax.plot(taus, H)
