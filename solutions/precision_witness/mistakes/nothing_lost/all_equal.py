"""Equal logits: each probability is an ordinary number."""

import numpy as np


def precision_witness():
    return np.zeros(5000)
