import numpy as np


def precision_witness():
    # log-probabilities directly: one token has nearly all, the rest is spread so thin that half precision drops it
    return np.log(np.concatenate([[1.0 - 4999 * 2e-8], np.full(4999, 2e-8)]))
