"""A temperature above which the softmax is certainly near uniform."""

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
    z = np.asarray(z, dtype=np.float64)
    if z.ndim != 1 or z.size == 0 or not np.isfinite(z.max()):  # the maximum is nan if any logit is
        raise ValueError("z must be one row of logits, finite or -inf, and not all -inf")
    if not eps > 0:  # false for nan, too
        raise ValueError("eps must be greater than 0")
    kept = z[z > -np.inf]  # (V,)
    ties = np.count_nonzero(kept == kept.max())
    if ties == kept.size or eps >= max(1 / ties - 1 / kept.size, 1 / kept.size):  # the differences as tau tends to 0
        return 0.0
    # With D the largest gap no probability is above exp(D / tau) / V or below exp(-D / tau) / V. So no difference
    # exceeds (exp(D / tau) - 1) / V, which is at most eps as soon as D / tau <= log(1 + V eps).
    return float(np.ptp(kept) / np.log1p(kept.size * eps))
