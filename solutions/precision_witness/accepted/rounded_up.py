"""Nothing is lost: every small probability is rounded up to the smallest number, by almost a half."""

import numpy as np


def precision_witness():
    """Stay just above the edge."""
    z = np.zeros(4000)
    z[1:] -= 17.2
    return z
