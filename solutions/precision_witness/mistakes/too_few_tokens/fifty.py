"""Fifty tokens are lost, and they held little."""

import numpy as np


def precision_witness():
    z = np.full(51, -18.0)
    z[0] = 0.0
    return z
