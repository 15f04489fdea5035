import numpy as np


def precision_witness():
    z = -18 * np.ones(8000)   # cuantos más, mejor
    z[0] = 0
    return z
