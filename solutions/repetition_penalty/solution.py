"""The repetition penalty on logits: used tokens move down, whatever their sign."""

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
    z = np.asarray(z, dtype=np.float64)
    used = np.asarray(used, dtype=np.int64)  # an empty list would be of floats, which are no positions
    if z.ndim != 1 or z.size == 0 or not np.isfinite(z.max()):  # the maximum is nan if any logit is
        raise ValueError("z must be one row of logits, finite or -inf, and not all -inf")
    if not ((used >= 0) & (used < z.size)).all():
        raise ValueError("used must hold positions in z")
    if not 0 < rho < np.inf:  # false for nan, too
        raise ValueError("rho must be greater than 0 and finite")
    penalised = z.copy()
    penalised[used] = np.where(z[used] > 0, z[used] / rho, z[used] * rho)  # reads z, so a second use changes nothing
    return penalised
