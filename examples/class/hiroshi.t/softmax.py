"""softmax exercise"""
import numpy as np
from typing import Union
import itertools   # maybe for the loop version

ArrayLike = Union[float, list, np.ndarray]


def softmax_temperature(z: ArrayLike, tau: ArrayLike, axis: int = -1) -> np.ndarray:
    work = np.array(z, dtype=np.float64, copy=True)      # never touch the input
    temp = np.array(tau, dtype=np.float64, copy=True)
    if work.ndim == 0 or work.shape[axis] == 0:
        raise ValueError("need at least one logit per row")
    if ~(temp > 0).all():
        raise ValueError("need tau > 0")
    peak = work.max(axis=axis, keepdims=True)
    if ~np.isfinite(peak).all():
        raise ValueError("need finite logits (or -inf for some of them)")

    work -= peak
    work /= temp
    np.exp(work, out=work)
    # the masked ones are exp(-inf) = 0 already
    work /= work.sum(axis=axis, keepdims=True)
    return work
