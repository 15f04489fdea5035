"""The gap is worked out from float16 itself: half of its smallest number is rounded to 0."""

import numpy as np


def precision_witness():
    """Ask float16 for its smallest number."""
    smallest = float(np.finfo(np.float16).smallest_subnormal)
    gap = -np.log(smallest / 2) + 0.5
    others = round(np.exp(gap / 2))  # together they hold as much as the largest at tau = 2
    return np.concatenate([[0.0], np.full(min(others, 4999), -gap)])
