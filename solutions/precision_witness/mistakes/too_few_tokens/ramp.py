"""A ramp: what it loses at its lower end is little beside the rest."""

import numpy as np


def precision_witness():
    return np.linspace(-30.0, 0.0, 1000)
