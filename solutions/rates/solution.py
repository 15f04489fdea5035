"""How fast the softmax comes near its two limits, measured by straight lines."""

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
    z = np.asarray(z, dtype=np.float64)
    if z.ndim != 1 or z.size == 0 or not np.isfinite(z.max()):  # the maximum is nan if any logit is
        raise ValueError("z must be one row of logits, finite or -inf, and not all -inf")
    drop = z.max() - z[z > -np.inf]  # (V,): 0 at the maxima
    if not drop.max() > 0:
        raise ValueError("two unmasked logits must differ")
    others = drop[drop > 0]
    spread, gap = drop.max(), others.min()
    hot = np.geomspace(1e4, 1e8, 9)  # tau / spread: the next term of the series is at most 1e-4 of the first
    bent = np.expm1(-(drop / spread) / hot[:, np.newaxis])  # (9, V): weights less 1, so that nothing cancels
    far = np.abs(bent - bent.mean(axis=1)[:, np.newaxis]).max(axis=1) / (drop.size + bent.sum(axis=1))  # (9,)
    cold = np.linspace(300.0, 600.0, 7)  # gap / tau: farther tokens have died away, and exp(-600) is still a float
    leak = np.exp(-cold[:, np.newaxis] * (others / gap)).sum(axis=1)  # (7,)
    hot_slope = np.polyfit(np.log(hot), np.log(far), 1)[0]
    cold_slope, cold_const = np.polyfit(cold, np.log(leak / (drop.size - others.size + leak)), 1)
    return {
        "hot_slope": float(hot_slope),
        "hot_const": float(spread * np.exp(np.mean(np.log(hot * far)))),
        "cold_slope": float(cold_slope * gap),
        "cold_const": float(cold_const),
        "gap": float(gap),
    }
