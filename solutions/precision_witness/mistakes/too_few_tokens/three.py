"""Three tokens are lost, and they held little."""

import numpy as np


def precision_witness():
    return np.array([0.0, -18.0, -18.0, -18.0])
