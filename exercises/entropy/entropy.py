"""Entropy.

Write the function below, then check the exercise entropy.
"""

import numpy as np


def entropy(p, axis=-1):
    """Return the Shannon entropy of probabilities, in nats.

    Parameters
    ----------
    p : array_like, shape (..., V)
        Probabilities: every entry is at least 0, and each row sums to 1 along ``axis`` with an error of at most 1e-9.
        An entry may be exactly 0: an outcome that never happens.
    axis : int, default -1
        The axis that holds the V outcomes of a row.

    Returns
    -------
    H : float, or ndarray of float64
        Entropies between 0 and log(V): a float for one row, else an array with the shape of ``p`` without ``axis``.
        A certain outcome, such as [0, 1, 0], has entropy exactly 0.0, without a minus sign. ``p`` is left as it was.

    Raises
    ------
    ValueError
        If any entry is negative or nan, or if the sum of any row is farther than 1e-9 from 1. A row without entries
        sums to 0 and is refused, too. A row is never normalised for the caller.

    Notes
    -----
    The entropy is ``-sum_i p_i log(p_i)`` with the natural logarithm, and ``0 log 0`` counts as 0, the limit of
    ``x log x`` as x falls to 0 [1]_. It is the mean of the surprise ``-log(p_i)``. It is 0 for a certain outcome and
    log(V), its greatest value, for V equally probable ones.

    ``scipy.stats.entropy`` computes the same sum, but it first divides p by its sum, and works along axis 0 unless
    told otherwise. So it cannot tell you that p was no distribution.

    References
    ----------
    .. [1] C. E. Shannon, "A Mathematical Theory of Communication", Bell System Technical Journal 27, 1948, section 6

    Examples
    --------
    >>> print(f"{entropy([0.5, 0.5]):.4f}")
    0.6931

    An impossible outcome changes nothing, and a certain one leaves no surprise:

    >>> print(f"{entropy([0.5, 0.5, 0.0]):.4f}")
    0.6931
    >>> print(entropy([0.0, 1.0, 0.0]))
    0.0

    Each row of a batch has its own entropy:

    >>> entropy([[0.5, 0.5, 0.0], [0.2, 0.3, 0.5]]).round(4)
    array([0.6931, 1.0297])
    """
    raise NotImplementedError
