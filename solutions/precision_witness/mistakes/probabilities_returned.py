"""The softmax of the logits is returned."""

import numpy as np


def precision_witness():
    z = np.full(4096, -18.0)
    z[0] = 0.0
    return np.exp(z) / np.exp(z).sum()
