import numpy as np


def clean(z, taus):
    z = np.array(z, dtype=np.float64)
    taus = np.array(taus, dtype=np.float64)
    if z.ndim != 1 or z.size == 0 or not np.isfinite(z.max()):
        raise ValueError("z must be one row with a finite maximum")
    if not (taus > 0).all():
        raise ValueError("temperatures must be positive")
    return z[np.isfinite(z)], taus


def sweep(z, taus):
    z, taus = clean(z, taus)
    x = (z - z.max()) / taus[:, None]  # (T, V)
    w = np.exp(x)
    total = w.sum(axis=1)
    H = np.log(total) - np.where(w > 0, w * x, 0.0).sum(axis=1) / total
    return {"H": H, "N": np.exp(H), "qmax": 1 / total}


def plot_sweep(ax, z, taus):
    z, taus = clean(z, taus)
    ax.plot(taus, sweep(z, taus)["H"], label="H(q(tau))")
    ax.axhline(np.log(z.size), color="grey", linestyle="--", label="log V (uniform)")
    ax.axhline(np.log(np.count_nonzero(z == z.max())), color="grey", linestyle=":", label="log m (greedy)")
    ax.set_xscale("log")
    ax.set_xlabel("temperature tau")
    ax.set_ylabel("entropy H in nats")
    ax.legend()
