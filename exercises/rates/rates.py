"""How fast the limits are reached.

Write the function below, then check the exercise rates.
"""

import numpy as np


def rates(z):
    """Measure how fast softmax(z / tau) comes near uniform as ``tau`` grows, and near its cold limit as ``tau`` falls.

    Parameters
    ----------
    z : array_like, shape (V,)
        Logits of one row, at least two of them different. ``-np.inf`` masks a token; V counts those not masked.

    Returns
    -------
    measured : dict
        Five floats. ``hot_slope``: the slope of log(a) against log(tau) for large ``tau``, where a is the largest
        difference of an unmasked token's probability from 1 / V. ``hot_const``: the number that tau * a tends to.
        ``cold_slope``: the slope of log(b) against 1 / tau for small ``tau``, where b is the total variation distance
        to the cold limit. ``cold_const``: where that line meets 1 / tau = 0. ``gap``: the largest logit minus the
        largest of those below it.

    Raises
    ------
    ValueError
        If ``z`` has no token, is not one row, is masked from end to end, or holds nan or ``+np.inf``; if all unmasked
        logits are equal, as then both distances are 0 at every temperature.

    Notes
    -----
    Both laws hold in the limit only: a range of ``tau`` that is hot for one row is cold for another. In the other
    direction floats run out: exp(-746) is 0, and a difference of nearly equal numbers has few right digits.

    Examples
    --------
    Two tokens with the gap 1: a is near 1 / (4 tau), and b near exp(-1 / tau).

    >>> {name: round(number, 3) + 0.0 for name, number in rates([1.0, 0.0]).items()}
    {'hot_slope': -1.0, 'hot_const': 0.25, 'cold_slope': -1.0, 'cold_const': 0.0, 'gap': 1.0}
    """
    raise NotImplementedError
