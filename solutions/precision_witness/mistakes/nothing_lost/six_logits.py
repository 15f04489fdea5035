"""The logits of the lecture: float16 stores all of their probabilities."""

import numpy as np


def precision_witness():
    return np.array([4.0, 3.0, 2.0, 1.0, 0.0, -2.0])
