"""Softmax with temperature.

Write the function below, then check the exercise softmax.
"""

import numpy as np


def softmax_temperature(z, tau, axis=-1):
    """Turn logits into probabilities at temperature ``tau``.

    Parameters
    ----------
    z : array_like, shape (..., V)
        Logits: real numbers of any type and any size. ``-np.inf`` masks a token.
    tau : float or array_like
        Temperature, greater than 0; ``np.inf`` is allowed. One number for all rows, or one for each row:
        an array that broadcasts against ``z`` and has length 1 along ``axis``, such as shape (B, 1) for ``z`` of
        shape (B, V).
    axis : int, default -1
        The axis that holds the V tokens of a row.

    Returns
    -------
    q : ndarray of float64, same shape as z
        Probabilities that sum to 1 along ``axis``. A masked token has probability exactly 0, at any ``tau``.
        It is a new array: ``z`` and ``tau`` are left as they were.

    Raises
    ------
    ValueError
        If ``tau`` is 0, negative or nan; if a logit is nan or ``+np.inf``; if a row is empty (V = 0) or all its
        tokens are masked; if ``z`` is a single number instead of an array.

    Notes
    -----
    The probability of token i is ``exp(z_i / tau) / sum_j exp(z_j / tau)``: the Boltzmann distribution, in which
    ``tau`` plays the part of the temperature [1]_. The log-odds of two tokens are ``(z_i - z_j) / tau``; all that
    a temperature does is divide them. As ``tau`` falls to 0 the largest logits share all the probability. At
    ``tau = 1`` this is the ordinary softmax. As ``tau`` grows to infinity all unmasked tokens become equally
    probable.

    The result must be right for any finite logits, however large, and for any ``tau`` above 0, however small.
    Entropy, the limits and drawing tokens are other exercises.

    References
    ----------
    .. [1] G. Hinton, O. Vinyals and J. Dean, "Distilling the Knowledge in a Neural Network", 2015,
       section 2, https://arxiv.org/abs/1503.02531

    Examples
    --------
    >>> softmax_temperature([0.0, 1.0], tau=1.0).round(4)
    array([0.2689, 0.7311])

    A higher temperature brings the probabilities closer together:

    >>> softmax_temperature([0.0, 1.0], tau=2.0).round(4)
    array([0.3775, 0.6225])

    Each row of a batch sums to 1, and a masked token gets nothing:

    >>> softmax_temperature([[0.0, 1.0, 0.0], [3.0, -np.inf, 3.0]], tau=0.5).round(4)
    array([[0.1065, 0.787 , 0.1065],
           [0.5   , 0.    , 0.5   ]])
    """
    raise NotImplementedError
