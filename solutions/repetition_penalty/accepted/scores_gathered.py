"""As a logits processor does it: gather the scores of used tokens, change them, scatter them back."""

import numpy as np


def repetition_penalty(z, used, rho):
    """Gather, penalise in two steps, scatter."""
    scores = np.array(z, dtype=np.float64, copy=True)
    ids = np.array(used, dtype=np.int64)
    if scores.ndim != 1 or scores.size == 0 or not np.isfinite(scores.max()):
        raise ValueError("scores of one row are asked for")
    if np.any(ids < 0) or np.any(ids >= len(scores)):
        raise ValueError("an id is out of range")
    if not (np.isfinite(rho) and rho > 0):
        raise ValueError("the penalty has to be strictly positive")
    score = np.take(scores, ids)
    negative = score < 0
    score[negative] *= rho
    score[~negative] *= 1 / rho
    np.put(scores, ids, score)
    return scores
