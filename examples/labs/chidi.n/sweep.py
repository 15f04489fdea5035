import numpy as np


def sweep(z, taus):
    z = np.asarray(z, dtype=np.float64)
    taus = np.asarray(taus, dtype=np.float64)
    if z.ndim != 1 or z.size == 0 or np.isnan(z).any() or np.isposinf(z).any() or np.isneginf(z).all():
        raise ValueError("bad logits")
    if np.isnan(taus).any() or (taus <= 0).any():
        raise ValueError("bad temperature")
    z = z[~np.isneginf(z)] - z.max()
    H, qmax = np.zeros(len(taus)), np.zeros(len(taus))
    for i, tau in enumerate(taus):
        q = np.exp(z / tau)
        q = q / q.sum()
        H[i] = -(q[q > 0] * np.log(q[q > 0])).sum()
        qmax[i] = q.max()
    return dict(H=H, N=np.exp(H), qmax=qmax)


def plot_sweep(ax, z, taus):
    z = np.asarray(z, dtype=np.float64)
    V = np.sum(~np.isneginf(z))
    m = np.sum(z == z.max())
    ax.plot(taus, sweep(z, taus)["H"], marker=".", label="entropy")
    ax.axhline(np.log(V), ls="--", label="log(V)")
    ax.axhline(np.log(m), ls=":", label="log(m)")
    ax.set_xlabel(r"$\tau$")
    ax.set_ylabel("H (nats)")
    ax.legend()
