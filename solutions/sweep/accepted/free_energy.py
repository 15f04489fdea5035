"""The entropy as log Z less the mean exponent; all three series drawn, and each level through two of its points."""

import numpy as np


def sweep(z, taus):
    """Use H = log Z - E[(z - max z) / tau]."""
    z = np.asarray(z, dtype=np.float64)
    taus = np.asarray(taus, dtype=np.float64).reshape(-1, 1)  # (T, 1)
    if np.ndim(z) != 1 or len(z) == 0 or np.isnan(z).any() or np.isinf(z.max()):
        raise ValueError("z must hold a finite logit and no nan or inf")
    if not np.all(taus > 0):
        raise ValueError("taus must be positive")
    kept = z[np.isfinite(z)]
    exponent = (kept - kept.max()) / taus  # (T, unmasked)
    weight = np.exp(exponent)
    total = weight.sum(axis=1)
    nats = np.log(total) - (weight * exponent).sum(axis=1) / total
    return {"qmax": 1 / total, "H": nats, "N": np.exp(nats)}


def plot_sweep(ax, z, taus):
    """Draw everything there is."""
    series = sweep(z, taus)
    kept = np.asarray(z, dtype=np.float64)
    kept = kept[np.isfinite(kept)]
    ax.set_xscale("log", base=2)
    ax.plot(taus, series["qmax"], "--", label="top probability")
    ax.plot(taus, series["N"], "-.", label="effective number")
    ax.plot(taus, series["H"], linewidth=3, marker="s", label="entropy")
    for height, name in ((kept.size, "all tokens"), ((kept == kept.max()).sum(), "the maxima")):
        level = np.log(height)
        ax.axline((1.0, level), (2.0, level), color="green", label=f"log of {name}")
    ax.legend(loc="upper left", fontsize="small")
    ax.set_xlabel("Temperature τ (log scale)")
    ax.set_ylabel("Entropy")
    return ax
