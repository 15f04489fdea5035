"""The five limits themselves, from the first terms of both series: nothing is measured, and all is right."""

import numpy as np


def rates(z):
    """Quote the slopes, and count the tokens."""
    logits = np.array(z, dtype=np.float64)
    if logits.ndim != 1 or logits.size < 1 or not np.isfinite(np.amax(logits)):
        raise ValueError("a row with a finite maximum is needed")
    levels, counts = np.unique(logits[logits > -np.inf], return_counts=True)
    if len(levels) < 2:
        raise ValueError("one level only")
    gap = levels[-1] - levels[-2]
    mean = levels[-1] - np.average(levels[-1] - levels, weights=counts)
    return {
        "hot_slope": -1,
        "hot_const": max(levels[-1] - mean, mean - levels[0]) / counts.sum(),
        "cold_slope": -gap,
        "cold_const": np.log(counts[-2] / counts[-1]),
        "gap": gap,
    }
