"""The two limits.

Write the functions below, then check the exercise limits.
"""

import numpy as np


def limit_cold(z):
    """Return what softmax(z / tau) becomes as ``tau`` falls to 0.

    Parameters
    ----------
    z : array_like, shape (V,)
        Logits of one row. ``-np.inf`` masks a token.

    Returns
    -------
    p : ndarray of float64, shape (V,)
        The limit itself, in closed form: no temperature is put in.

    Raises
    ------
    ValueError
        If ``z`` has no token, is not one row, is masked from end to end, or holds nan or ``+np.inf``.

    Notes
    -----
    Two logits are tied if they are equal as floats. A gap of 1e-300 is a gap: a small enough ``tau`` sees it.

    Examples
    --------
    >>> limit_cold([1.0, 3.0, 2.0])
    array([0., 1., 0.])
    >>> limit_cold([3.0, 3.0, 1.0])
    array([0.5, 0.5, 0. ])
    """
    raise NotImplementedError


def limit_hot(z):
    """Return what softmax(z / tau) becomes as ``tau`` grows to infinity.

    Parameters
    ----------
    z : array_like, shape (V,)
        Logits of one row. ``-np.inf`` masks a token.

    Returns
    -------
    p : ndarray of float64, shape (V,)
        The limit itself, in closed form. A masked token has probability 0 at every temperature, so in the limit, too.

    Raises
    ------
    ValueError
        As for `limit_cold`.

    Examples
    --------
    >>> limit_hot([5.0, -2.0])
    array([0.5, 0.5])
    >>> limit_hot([5.0, -np.inf, 1.0])
    array([0.5, 0. , 0.5])
    """
    raise NotImplementedError


def close_to_limit(z, tau, which):
    """Return the total variation distance between softmax(z / tau) and one of its limits.

    Parameters
    ----------
    z : array_like, shape (V,)
        Logits of one row. ``-np.inf`` masks a token.
    tau : float
        Temperature, greater than 0 and finite.
    which : {"cold", "hot"}
        The limit: `limit_cold` or `limit_hot`.

    Returns
    -------
    distance : float
        Half the sum of ``abs(q_i - p_i)``, right to ten digits however small it is.

    Raises
    ------
    ValueError
        As for `limit_cold`; if ``tau`` is not above 0 or not finite; if ``which`` is neither word.

    Notes
    -----
    Total variation is the largest difference that two distributions can have in the probability of any set of
    tokens [1]_. Near a limit ``q_i - p_i`` is a difference of nearly equal numbers, and computed as such it loses
    its digits. Both distances can be written without such a difference.

    References
    ----------
    .. [1] D. Levin, Y. Peres and E. Wilmer, "Markov Chains and Mixing Times", chapter 4.

    Examples
    --------
    >>> round(close_to_limit([1.0, 0.0], 0.5, "cold"), 4)
    0.1192
    >>> f"{close_to_limit([1.0, 0.0], 0.01, 'cold'):.4e}"
    '3.7201e-44'
    >>> f"{close_to_limit([1.0, 0.0], 1e10, 'hot'):.4e}"
    '2.5000e-11'
    """
    raise NotImplementedError
