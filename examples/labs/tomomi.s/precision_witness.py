import numpy as np


def precision_witness():
    small = 2.0**-26  # below half of the smallest float16
    tokens = 3500
    p = np.full(tokens, small)
    p[-1] = 1 - (tokens - 1) * small
    return np.log(p / p[-1])
