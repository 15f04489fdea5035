import math

import numpy as np


def revisar(z, taus):
    z = np.array(z, dtype=float)
    taus = np.array(taus, dtype=float)
    if z.ndim != 1 or z.size == 0 or np.isnan(z).any() or (z == np.inf).any():
        raise ValueError("z no vale")
    vivos = [x for x in z.tolist() if x > -math.inf]
    if not vivos:
        raise ValueError("todo enmascarado")
    for t in taus.tolist():
        if not t > 0:
            raise ValueError("temperatura no positiva")
    return vivos, taus.tolist()


def sweep(z, taus):
    vivos, taus = revisar(z, taus)
    m = max(vivos)
    H, q = [], []
    for t in taus:
        x = [(v - m) / t for v in vivos]
        w = [math.exp(v) for v in x]
        Z = math.fsum(w)
        h = math.log(Z)
        for a, b in zip(w, x):
            if a > 0:
                h -= a * b / Z
        H.append(h)
        q.append(1 / Z)
    return {"H": np.array(H), "N": np.exp(H), "qmax": np.array(q)}


def plot_sweep(ax, z, taus):
    vivos, lista = revisar(z, taus)
    arriba = math.log(len(vivos))
    abajo = math.log(vivos.count(max(vivos)))
    ax.semilogx(lista, sweep(z, taus)["H"], "o-", color="tab:red")
    ax.hlines([arriba, abajo], min(lista), max(lista), colors="k", linestyles="dotted")
    ax.text(lista[0], arriba, "log V")
    ax.text(lista[0], abajo, "log m")
    ax.set_xlabel("temperatura τ")
    ax.set_ylabel("entropía H (nats)")
