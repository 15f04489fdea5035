"""A certificate for the cold limit.

Write the function below, then check the exercise cold_certificate.
"""

import numpy as np


def cold_certificate(z, eps):
    """Return a temperature that certifies: at or below it, the softmax is within ``eps`` of its cold limit.

    Parameters
    ----------
    z : array_like, shape (V,)
        Logits of one row. ``-np.inf`` masks a token.
    eps : float
        The distance that is allowed, greater than 0, in total variation.

    Returns
    -------
    tau0 : float
        For every ``tau`` with 0 < tau <= tau0 the distance between softmax(z / tau) and its limit for ``tau`` towards
        0 is at most ``eps``. As large as you can prove; ``np.inf`` if every ``tau`` works.

    Raises
    ------
    ValueError
        If ``z`` has no token, is not one row, is masked from end to end, or holds nan or ``+np.inf``; if ``eps`` is
        not greater than 0.

    Notes
    -----
    The limit gives each of the m largest logits 1 / m. The distance is the probability that softmax(z / tau) leaves
    to all other unmasked tokens, and it grows with ``tau``: a certificate for one temperature holds for all below it.

    Examples
    --------
    Two tokens: the other one has probability 1 / (1 + exp(1 / tau)).

    >>> round(cold_certificate([1.0, 0.0], 0.01), 4)
    0.2176
    >>> cold_certificate([2.0, 2.0], 0.01)
    inf
    """
    raise NotImplementedError
