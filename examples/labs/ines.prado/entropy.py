import numpy as np


def entropy(p, axis=-1):
    p = np.asarray(p, dtype=float)
    logp = np.log(np.where(p > 0, p, 1.0))
    return -(p * logp).sum(axis=axis) + 0.0   # + 0.0: que no salga -0.0
