"""A gap of 110, which float32 loses."""

import numpy as np


def precision_witness():
    return np.array([0.0] + [-110.0] * 9)
