"""A gap of 30: each lost token is too small at tau = 2 as well."""

import numpy as np


def precision_witness():
    z = np.full(5000, -30.0)
    z[0] = 0.0
    return z
