"""Plain loops, one temperature after the other; semilogx, hlines and texts in Spanish."""

import math

import numpy as np


def sweep(z, taus):
    """Go through the grid."""
    logits = [float(logit) for logit in z] if np.ndim(z) == 1 else []
    kept = [logit for logit in logits if logit != -math.inf]
    if not kept or any(math.isnan(logit) or logit == math.inf for logit in logits):
        raise ValueError("z no es una fila de logits")
    grid = [float(tau) for tau in taus]
    if not all(tau > 0 for tau in grid):
        raise ValueError("tau debe ser mayor que 0")
    series = {"H": [], "N": [], "qmax": []}
    for tau in grid:
        weights = [math.exp((logit - max(kept)) / tau) for logit in kept]
        total = math.fsum(weights)
        surprise = math.fsum(-w / total * math.log(w / total) for w in weights if w / total > 0)
        series["H"].append(surprise)
        series["N"].append(math.exp(surprise))
        series["qmax"].append(1 / total)
    return {name: np.array(numbers) for name, numbers in series.items()}


def plot_sweep(ax, z, taus):
    """Draw with semilogx."""
    kept = [logit for logit in z if logit > -math.inf]
    top, bottom = math.log(len(kept)), math.log(kept.count(max(kept)))
    ax.semilogx(taus, sweep(z, taus)["H"], "r.-")
    ax.hlines([top, bottom], min(taus), max(taus), colors="gray")
    ax.text(taus[0], top, "límite caliente: log V")
    ax.annotate("límite frío: log m", (taus[-1], bottom))
    ax.set(xlabel="temperatura", ylabel="entropía (nats)", title="Un barrido")
