import numpy as np


def repetition_penalty(z, used, rho):
    a = np.array(z, dtype="float64")
    ids = sorted(set(int(i) for i in used))
    if a.ndim != 1 or a.size < 1 or not np.isfinite(a.max()):
        raise ValueError("z")
    if not (0 < rho < float("inf")):
        raise ValueError("rho")
    for i in ids:
        if not 0 <= i < len(a):
            raise ValueError("token %d is not in the vocabulary" % i)
        a[i] = a[i] / rho
    return a
