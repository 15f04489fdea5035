import numpy as np


def entropy(p, axis=-1):
    """Return the Shannon entropy of probabilities, in nats."""
    return -np.sum(p * np.log(p), axis=axis)
