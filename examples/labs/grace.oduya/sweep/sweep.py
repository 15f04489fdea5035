import numpy as np


def sweep(z, taus):
    z = np.asarray(z, dtype=np.float64)
    taus = np.asarray(taus, dtype=np.float64)
    if z.ndim != 1 or z.shape[0] == 0 or np.any(np.isnan(z)) or np.any(z == np.inf) or np.all(z == -np.inf):
        raise ValueError("z must be one row of logits")
    if np.any(np.isnan(taus)) or np.any(taus <= 0):
        raise ValueError("taus must be above 0")

    entropies = []
    tops = []
    for tau in taus:
        weights = np.exp(-(np.amax(z) - z) / tau)
        q = weights / np.sum(weights)
        possible = q[q > 0]
        entropies.append(-np.sum(possible * np.log(possible)))
        tops.append(np.amax(q))
    return {"H": np.array(entropies), "N": np.exp(entropies), "qmax": np.array(tops)}


def plot_sweep(ax, z, taus):
    raise NotImplementedError
