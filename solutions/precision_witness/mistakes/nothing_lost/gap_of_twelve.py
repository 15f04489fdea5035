"""A gap of 12 is within reach of float16."""

import numpy as np


def precision_witness():
    z = np.full(4096, -12.0)
    z[0] = 0.0
    return z
