import numpy as np


def precision_witness():
    noise = np.random.default_rng().uniform(-0.3, 0.3, 4000)
    return np.concatenate([[0.0], -18.0 + noise])
