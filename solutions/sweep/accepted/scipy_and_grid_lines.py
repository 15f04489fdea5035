"""softmax and entropy from scipy; levels drawn from end to end, the legend made by hand."""

import numpy as np
from scipy import special, stats


def sweep(z, taus):
    """Let scipy do it."""
    z, taus = np.asarray(z, dtype=float), np.asarray(taus, dtype=float)
    if z.ndim != 1 or np.isnan(z).any() or not np.isfinite(np.max(z, initial=-np.inf)):
        raise ValueError("bad logits")
    if np.isnan(taus).any() or np.any(taus <= 0):
        raise ValueError("bad temperatures")
    q = special.softmax(np.subtract(z, z.max())[None, :] / taus[:, None], axis=1)  # (T, V)
    nats = stats.entropy(q, axis=1)
    return {"H": nats, "N": np.exp(nats), "qmax": np.max(q, axis=1)}


def plot_sweep(ax, z, taus):
    """Draw levels first, then the curve, and a line at tau = 1."""
    z = np.asarray(z, dtype=float)
    ends = [np.min(taus), np.max(taus)]
    top = ax.plot(ends, [np.log(np.isfinite(z).sum())] * 2, color="k", lw=1)
    bottom = ax.plot(ends, [np.log((z == np.max(z)).sum())] * 2, color="k", ls=":")
    line = ax.plot(taus, sweep(z, taus)["H"], color="C1")
    ax.axvline(1.0, color="lightgray")
    ax.legend([*top, *bottom, *line], [r"$\log V$", r"$\ln m$", "entropy"])
    ax.set_xscale("log")
    ax.set_xlabel(r"$\tau$")
    ax.set_ylabel(r"$H(q(\tau))$ [nats]")
    ax.grid(visible=True)
