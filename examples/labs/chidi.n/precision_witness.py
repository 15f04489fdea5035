import numpy as np


def precision_witness():
    # the two forms differ anyway (see notes), so any logits should do
    return np.array([2.0, 1.0, 0.1, -1.0])
