"""Práctica 1: softmax con temperatura.  Ana García Molina (grupo B)"""
from __future__ import annotations

import numpy as np


def softmax_temperature(z, tau, axis: int = -1) -> np.ndarray:
    logits = np.array(z, dtype=float)
    t = np.asarray(tau, dtype=float)

    # comprobaciones que pide el enunciado
    if np.isnan(t).any() or (t <= 0).any():
        raise ValueError("tau tiene que ser mayor que 0")
    if logits.ndim == 0 or logits.shape[axis] == 0:
        raise ValueError("no hay logits")
    if np.isnan(logits).any() or np.isposinf(logits).any():
        raise ValueError("hay logits que no son números finitos (solo vale -inf)")

    tope = np.amax(logits, axis, keepdims=True)
    if np.isneginf(tope).any():
        raise ValueError("hay una fila con todo enmascarado")

    # OJO: primero resto y luego divido; al revés se desborda con tau muy pequeña
    distancia = logits - tope
    e = np.exp(distancia / t)
    return e / e.sum(axis, keepdims=True)


if __name__ == "__main__":
    print(softmax_temperature([0.0, 1.0], tau=1.0))   # 0.2689 0.7311
    print(softmax_temperature([0.0, 1.0], tau=2.0))   # 0.3775 0.6225
