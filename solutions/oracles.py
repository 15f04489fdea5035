"""True values that several exercises share: what the softmax with a temperature is, for hidden checks to hold against.

Read by solution.py, hidden.py and truth.py only; it is never released.
"""

import numpy as np
from scipy import special


def tempered(z, tau):
    """Return the law of a token at temperature ``tau``: softmax(z / tau) of one row, masks included.

    The largest logit is subtracted first, so that no exponent is above 0 and those of ties are exactly 0.
    """
    z = np.asarray(z, dtype=np.float64)
    return special.softmax((z - z.max()) / tau)


def entropy(q):
    """Return the entropy of a law in nats."""
    return float(special.entr(q).sum())
