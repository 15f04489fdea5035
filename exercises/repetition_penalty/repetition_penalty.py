"""Repetition penalty.

Write the function below, then check the exercise repetition_penalty.
"""

import numpy as np


def repetition_penalty(z, used, rho):
    """Return the logits with a penalty on every token that was used already.

    Parameters
    ----------
    z : array_like, shape (V,)
        Logits of one row. ``-np.inf`` masks a token.
    used : array_like of int, shape (n,)
        Positions in ``z`` of the tokens that were used, 0 to V - 1, in any order. A token may occur many times, and
        ``used`` may be empty.
    rho : float
        The penalty, greater than 0 and finite. At 1 nothing changes; below 1 it is a reward.

    Returns
    -------
    penalised : ndarray of float64, shape (V,)
        A new array. The logit of a used token is ``z_i / rho`` if it is positive and ``z_i * rho`` if it is negative,
        once, however often the token was used. 0 stays 0 and ``-np.inf`` stays ``-np.inf``. All other logits stay as
        they were, and so do ``z`` and ``used``.

    Raises
    ------
    ValueError
        If ``z`` has no token, is not one row, is masked from end to end, or holds nan or ``+np.inf``; if a position
        in ``used`` is not one of 0 to V - 1; if ``rho`` is not above 0 or not finite.

    Notes
    -----
    With ``rho`` above 1 both rules move a logit down [1]_. The penalty commutes with a temperature, because dividing
    by ``tau`` keeps every sign. It is not shift invariant: softmax(z + c) is softmax(z), but adding c changes signs.

    References
    ----------
    .. [1] N. S. Keskar et al., "CTRL: A Conditional Transformer Language Model for Controllable Generation", 2019,
       section 4.1, divides only; the rule for negative logits is that of Hugging Face's
       ``RepetitionPenaltyLogitsProcessor``.

    Examples
    --------
    >>> repetition_penalty([2.0, 1.0, -1.0], [0, 2], 2.0)
    array([ 1.,  1., -2.])

    A token counts once:

    >>> repetition_penalty([2.0, 1.0, -1.0], [0, 0, 0], 2.0)
    array([ 1.,  1., -1.])
    """
    raise NotImplementedError
