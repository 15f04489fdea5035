import numpy as np


def sweep(z, taus):
    z = np.asarray(z, dtype=np.float64)
    taus = np.asarray(taus, dtype=np.float64)
    if z.ndim != 1 or z.size == 0 or not abs(z.max()) < np.inf:
        raise ValueError("z")
    if not (taus > 0).all():
        raise ValueError("taus")
    gap = z.max() - z[z > -np.inf]
    H = np.empty(len(taus))
    top = np.empty(len(taus))
    for t in range(len(taus)):
        x = gap / taus[t]
        w = np.exp(-x)
        top[t] = 1 / w.sum()
        H[t] = np.sum(np.where(w > 0, w * x, 0)) * top[t] - np.log(top[t])
    return {"H": H, "N": np.exp(H), "qmax": top}


def plot_sweep(ax, z, taus):
    ax.plot(taus, sweep(z, taus)["H"], label="H")
    ax.set_xscale("log")
    ax.set_xlabel("tau")
    ax.set_ylabel("H [nats]")
    ax.set_title("the entropy rises")
