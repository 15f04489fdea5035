"""Tokens by Gumbel noise.

Write the function below, then check the exercise sample.
"""

import numpy as np


def sample(z, tau, n, rng):
    """Draw ``n`` tokens, each with the probabilities softmax(z / tau), independent of the others.

    Parameters
    ----------
    z : array_like, shape (V,)
        Logits of one row: finite numbers; ``-np.inf`` masks a token, which is then never drawn.
    tau : float
        Temperature, greater than 0 and finite.
    n : int
        How many tokens are drawn, 0 or more.
    rng : numpy.random.Generator
        The only source of chance. A generator in the same state gives the same tokens again.

    Returns
    -------
    tokens : ndarray of int64, shape (n,)
        The tokens in the order in which they were drawn, as indices from 0 to V - 1. ``z`` is left as it was.

    Raises
    ------
    ValueError
        If ``z`` has no token, is not one row, is masked from end to end, or holds nan or ``+np.inf``; if ``tau`` is 0,
        negative or nan; if ``n`` is negative.

    Notes
    -----
    The Gumbel-max trick: if G_1, ..., G_V are independent standard Gumbel numbers, the token with the largest
    ``z_i / tau + G_i`` is token i with probability ``exp(z_i / tau) / sum_j exp(z_j / tau)`` [1]_. A standard Gumbel
    number is ``-log(-log(U))`` with U uniform on (0, 1), and comes from ``rng.gumbel()``, too. Every draw needs noise
    of its own, one number for each token.

    ``rng.choice`` and ``rng.multinomial`` are not used here: the trick needs no probability, no sum and no division
    by it.

    References
    ----------
    .. [1] E. J. Gumbel, "Statistical Theory of Extreme Values and Some Practical Applications", 1954; C. J. Maddison,
       D. Tarlow and T. Minka, "A* Sampling", 2014, section 2

    Examples
    --------
    A masked token is never drawn, and here only one is left:

    >>> sample([-np.inf, 2.0, -np.inf], 1.0, 4, np.random.default_rng(1))
    array([1, 1, 1, 1])

    Two logits that differ by 1: at tau = 1 the second has probability 0.7311.

    >>> tokens = sample([0.0, 1.0], 1.0, 10_000, np.random.default_rng(1))
    >>> bool(abs(tokens.mean() - 0.7311) < 0.02)
    True
    """
    raise NotImplementedError
