"""A certificate for the hot limit.

Write the function below, then check the exercise hot_certificate.
"""

import numpy as np


def hot_certificate(z, eps):
    """Return a temperature that certifies: at or above it, every probability is within ``eps`` of 1 / V.

    Parameters
    ----------
    z : array_like, shape (V,)
        Logits of one row. ``-np.inf`` masks a token; V counts the tokens that are not masked.
    eps : float
        The difference that is allowed of each unmasked token, greater than 0.

    Returns
    -------
    tau1 : float
        For every ``tau`` >= tau1 the largest difference of a probability in softmax(z / tau) from 1 / V is at most
        ``eps``, masked tokens aside. As small as you can prove; 0 if every ``tau`` above 0 works.

    Raises
    ------
    ValueError
        If ``z`` has no token, is not one row, is masked from end to end, or holds nan or ``+np.inf``; if ``eps`` is
        not greater than 0.

    Notes
    -----
    The largest difference is that of the token with the largest or the one with the smallest logit. It falls as
    ``tau`` grows: a certificate for one temperature holds for all above it.

    Examples
    --------
    Two tokens: both differ from 1 / 2 by tanh(1 / (2 tau)) / 2. So 25 is the smallest number, up to three digits.

    >>> 24.99 < hot_certificate([1.0, 0.0], 0.01) < 3 * 24.99
    True
    >>> hot_certificate([2.0, 2.0], 0.01)
    0.0
    """
    raise NotImplementedError
