"""The order of the tokens is drawn anew in every call."""

import numpy as np


def precision_witness():
    z = np.linspace(-20.0, -18.0, 4096)
    z[0] = 0.0
    return np.random.default_rng().permutation(z)
