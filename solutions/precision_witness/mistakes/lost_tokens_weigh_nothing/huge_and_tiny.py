"""Logits as far apart as possible."""

import numpy as np


def precision_witness():
    return np.array([1000.0, 0.0, -1000.0])
