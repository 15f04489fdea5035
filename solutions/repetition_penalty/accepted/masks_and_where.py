"""A mark on every used token, and one choice among three arrays."""

import numpy as np


def repetition_penalty(z, used, rho):
    """Choose for all tokens at once."""
    logits = np.array(z, dtype=float)
    if logits.ndim != 1 or not logits.size or np.isnan(logits).any() or not np.isfinite(logits.max()):
        raise ValueError("z is no row of logits")
    if not np.isfinite(rho) or rho <= 0:
        raise ValueError("rho is no penalty")
    marked = np.isin(np.arange(logits.size), list(used))
    if len(set(np.asarray(used).tolist()) - set(range(logits.size))) > 0:
        raise ValueError("used names a token that is not there")
    return np.select([~marked, logits > 0], [logits, logits / rho], logits * rho)
