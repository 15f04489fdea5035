"""Masked tokens stand for lost ones."""

import numpy as np


def precision_witness():
    z = np.full(4096, -np.inf)
    z[0] = 0.0
    return z
