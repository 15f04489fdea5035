"""Forty decimal digits for everything, rounded to float64 at the very end."""

from decimal import Context, Decimal, localcontext

import numpy as np


def softmax_temperature(z, tau, axis=-1):
    """Compute with decimal numbers, which neither overflow nor lose near ties."""
    z = np.asarray(z, dtype=np.float64)
    tau = np.asarray(tau, dtype=np.float64)
    if z.ndim == 0 or z.shape[axis] == 0:
        raise ValueError("z must be an array with logits")
    if not np.all(tau > 0):
        raise ValueError("tau must be positive")
    if np.any(np.isnan(z) | np.isposinf(z)) or np.any(np.isneginf(z).all(axis=axis)):
        raise ValueError("logits must be finite or -inf, and not all -inf")
    last = np.moveaxis(z, axis, -1)
    temperatures = np.moveaxis(np.broadcast_to(tau, z.shape), axis, -1)
    answer = np.zeros(last.shape)
    with localcontext(Context(prec=40, Emin=-(10**15), Emax=10**15, traps=[])):
        for where in np.ndindex(last.shape[:-1]):
            row = [Decimal(logit) for logit in last[where].tolist()]
            best, temperature = max(row), Decimal(float(temperatures[where][0]))
            weights = [Decimal(0) if logit.is_infinite() else ((logit - best) / temperature).exp() for logit in row]
            total = sum(weights)
            answer[where] = [float(weight / total) for weight in weights]
    return np.moveaxis(answer, -1, axis)
