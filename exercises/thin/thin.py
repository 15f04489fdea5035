"""Thinning.

Write the function below, then check the exercise thin.
"""

import numpy as np


def thin(z, tau, n, rng):
    """Return ``n`` draws of softmax(z / tau), which are what is accepted of draws of softmax(z).

    Parameters
    ----------
    z : array_like, shape (V,)
        Logits of one row: finite numbers; ``-np.inf`` masks a token, which is then never drawn.
    tau : float
        Temperature, greater than 0 and finite.
    n : int
        How many draws are returned, at least 1.
    rng : numpy.random.Generator
        The only source of chance. A generator in the same state gives the same draws again.

    Returns
    -------
    draws : ndarray of int64, shape (n,)
        Indices from 0 to V - 1, each with the probabilities softmax(z / tau) and independent of the others.
    rate : float
        The share of proposals that is accepted: counted in this run, or computed.

    Raises
    ------
    ValueError
        If ``z`` has no token, is not one row, is masked from end to end, or holds nan or ``+np.inf``; if ``tau`` is not
        above 0 or not finite; if ``n`` is less than 1.

    Notes
    -----
    A proposal i has probability p_i = softmax(z)_i. It is accepted with probability ``(p_i / p_max)**(1/tau - 1)`` for
    ``tau`` up to 1, and ``(p_min / p_i)**(1 - 1/tau)`` above 1, p_min being the least probability of an unmasked
    token. So an accepted token has a probability proportional to ``p_i**(1/tau)``, which is softmax(z / tau) [1]_.
    No rule accepts more. The share that is accepted is 1 over the largest q_i / p_i, where q = softmax(z / tau).

    References
    ----------
    .. [1] J. von Neumann, "Various techniques used in connection with random digits", 1951.

    Examples
    --------
    >>> draws, rate = thin([4.0, 3.0, 2.0, 1.0, 0.0, -2.0], 0.5, 5000, np.random.default_rng(1))
    >>> draws.shape, bool(abs(rate - 0.7348) < 0.03)
    ((5000,), True)

    At tau = 1 every proposal is accepted:

    >>> thin([0.0, 1.0], 1.0, 3, np.random.default_rng(1))[1]
    1.0
    """
    raise NotImplementedError
