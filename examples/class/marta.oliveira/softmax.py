import numpy as np


def probabilidades(z, eje):
    z = z - z.max(axis=eje, keepdims=True)
    p = np.exp(z)
    return p / p.sum(axis=eje, keepdims=True)


def softmax_temperature(z, tau, axis=-1):
    """Los apuntes dan dos formas, (1) softmax(z/tau) y (2) softmax(z)^(1/tau). Uso la (2)."""
    z = np.asarray(z, dtype=float)
    tau = np.asarray(tau, dtype=float)
    if z.ndim == 0 or z.shape[axis] == 0:
        raise ValueError("no hay logits")
    if np.any(np.isnan(tau)) or np.any(tau <= 0):
        raise ValueError("tau no válida")
    if np.any(np.isnan(z)) or np.any(np.isposinf(z)):
        raise ValueError("logits no válidos")
    if np.any(np.all(np.isneginf(z), axis=axis)):
        raise ValueError("fila completamente enmascarada")

    p = probabilidades(z, axis)
    templada = np.power(p, 1.0 / tau)
    return templada / templada.sum(axis=axis, keepdims=True)
