import numpy as np


def precision_witness():
    z = np.full(100, -np.inf)   # tokens that have exactly zero probability in float16
    z[:3] = [2.0, 1.0, 0.0]
    return z
