"""The vectors of both ways, beside each other."""

import numpy as np


def precision_witness():
    z = np.full(4096, -18.0)
    z[0] = 0.0
    p = np.exp(z) / np.exp(z).sum()
    q = np.exp(z / 2) / np.exp(z / 2).sum()
    return np.array([q, p**0.5 / (p**0.5).sum()])
