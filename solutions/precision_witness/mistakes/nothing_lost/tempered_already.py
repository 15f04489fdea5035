"""The logits are divided by tau before they are returned."""

import numpy as np


def precision_witness():
    z = np.full(4096, -18.0)
    z[0] = 0.0
    return z / 2
