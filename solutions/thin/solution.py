"""Rejection sampling at a temperature: draws of softmax(z) are thinned, and the coin looks at the token."""

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
    z = np.asarray(z, dtype=np.float64)
    if z.ndim != 1 or z.size == 0 or not np.isfinite(z.max()):  # the maximum is nan if any logit is
        raise ValueError("z must be one row of logits, finite or -inf, and not all -inf")
    if not 0 < tau < np.inf:  # false for nan, too
        raise ValueError("tau must be greater than 0 and finite")
    if n < 1:
        raise ValueError("n must be at least 1")
    tokens = np.flatnonzero(z > -np.inf)  # (unmasked,)
    weight = np.exp(z[tokens] - z.max())
    always = z.max() if tau < 1 else z[tokens].min()  # the logit that is always accepted
    accept = np.exp((1 / tau - 1) * (z[tokens] - always))  # p_i / p_j is exp(z_i - z_j)
    kept, accepted, proposed = [], 0, 0
    while accepted < n:
        places = rng.choice(tokens.size, size=2 * n, p=weight / weight.sum())
        places = places[rng.random(2 * n) < accept[places]]
        kept.append(tokens[places])
        accepted, proposed = accepted + places.size, proposed + 2 * n
    return np.concatenate(kept)[:n], accepted / proposed
