"""A gap of 800, which even float64 loses."""

import numpy as np


def precision_witness():
    z = np.full(4096, -800.0)
    z[0] = 0.0
    return z
