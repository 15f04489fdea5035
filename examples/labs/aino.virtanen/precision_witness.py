import numpy as np


def precision_witness():
    # one favourite and 4000 tokens of probability about 2.5e-8, which float16 rounds to zero.
    # at tau = 2 each of them counts sqrt(2.5e-8) = 1.6e-4, so together they matter a lot
    z = np.full(4001, -17.5)
    z[0] = 0.0
    return z
