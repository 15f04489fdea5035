"""A temperature below which the softmax is certainly near its cold limit."""

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
    z = np.asarray(z, dtype=np.float64)
    if z.ndim != 1 or z.size == 0 or not np.isfinite(z.max()):  # the maximum is nan if any logit is
        raise ValueError("z must be one row of logits, finite or -inf, and not all -inf")
    if not eps > 0:  # false for nan, too
        raise ValueError("eps must be greater than 0")
    gap = z.max() - z[z > -np.inf]  # (unmasked,): 0 at the maxima
    ties = np.count_nonzero(gap == 0)
    rest = gap.size - ties
    if rest * (1 - eps) <= ties * eps:  # the distance stays below rest / (ties + rest) at any temperature
        return np.inf
    # Each of the others weighs at most exp(-d / tau), d the smallest gap. So the distance R / (m + R) is at most eps
    # as soon as rest exp(-d / tau) <= m eps / (1 - eps).
    return float(gap[gap > 0].min() / np.log(rest * (1 - eps) / (ties * eps)))
