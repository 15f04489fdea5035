"""As many tokens as a vocabulary has."""

import numpy as np


def precision_witness():
    z = np.full(50257, -18.0)
    z[0] = 0.0
    return z
