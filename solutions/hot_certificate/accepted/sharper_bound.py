"""The best bound in V and D alone: one token at one end of the row, all others at the other end."""

import numpy as np


def hot_certificate(z, eps):
    """Solve (e^x - 1) (V - 1) / (V - 1 + e^x) = V eps for x = D / tau."""
    logits = np.array(z, dtype=float)
    if logits.ndim != 1 or not logits.size or np.isnan(logits).any() or np.isinf(np.max(logits)):
        raise ValueError("a row of logits is needed, with a finite maximum")
    if np.isnan(eps) or eps <= 0:
        raise ValueError("eps must be positive")
    logits = logits[np.isfinite(logits)]
    count, top = logits.size, np.sum(logits == np.max(logits))
    if top == count or (count / top - 1 <= count * eps and count * eps >= 1):
        return 0.0
    share = count * eps
    return (logits.max() - logits.min()) / (np.log1p(share) - np.log1p(-share / (count - 1)))
