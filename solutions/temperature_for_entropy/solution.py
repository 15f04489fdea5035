"""The temperature at which a softmax has the entropy that somebody asks for."""

import numpy as np
from scipy import optimize


def temperature_for_entropy(z, h):
    """Return the temperature ``tau`` at which the entropy of softmax(z / tau) is ``h``.

    Parameters
    ----------
    z : array_like, shape (V,)
        Logits of one row, of any scale. ``-np.inf`` masks a token.
    h : float
        Entropy in nats, greater than log(m) and less than log(n): m logits are the largest, n tokens are not masked.

    Returns
    -------
    tau : float
        Greater than 0 and finite. The entropy of softmax(z / tau) is within 1e-10 of ``h``.

    Raises
    ------
    ValueError
        If no temperature has that entropy: ``h`` is at most log(m), at least log(n), or nan. If ``z`` has no token, is
        not one row, is masked from end to end, or holds nan or ``+np.inf``.

    Notes
    -----
    The entropy rises strictly with ``tau``, from log(m) for ``tau`` towards 0 to log(n) for ``tau`` towards infinity.
    So there is one temperature for each entropy between them. It has no formula; a search between a temperature that
    is too cold and one that is too hot finds it, such as ``scipy.optimize.brentq`` [1]_.

    References
    ----------
    .. [1] R. P. Brent, "Algorithms for Minimization Without Derivatives", 1973, chapter 4

    Examples
    --------
    >>> print(f"{temperature_for_entropy([2.0, 1.0, 0.1, -1.0], 1.0):.6f}")
    1.069429

    Multiplied logits need a temperature that is multiplied, too:

    >>> print(f"{temperature_for_entropy([2e6, 1e6, 1e5, -1e6], 1.0):.2f}")
    1069428.65
    """
    z = np.asarray(z, dtype=np.float64)
    if z.ndim != 1 or z.size == 0 or not np.isfinite(z.max()):  # the maximum is nan if any logit is
        raise ValueError("z must be one row of logits, finite or -inf, and not all -inf")
    gap = z[z > -np.inf] - z.max()  # (unmasked,): 0 at the maxima
    if not np.log(np.count_nonzero(gap == 0)) < h < np.log(gap.size):  # false for nan, too, and where all logits tie
        raise ValueError("no temperature has that entropy")
    unit = -gap.min()  # temperatures are counted in this unit, so that the scale of the logits does not matter

    def entropy(t):
        """Return the entropy at the temperature t * unit."""
        x = gap / unit / t
        x = x[x > -750.0]  # what lies lower weighs exp(-750) = 0, and 0 times its logarithm adds nothing
        weight = np.exp(x)
        return np.log(weight.sum()) - weight @ x / weight.sum()

    cold = hot = 1.0
    while entropy(cold) > h:
        cold /= 2
    while entropy(hot) < h:
        hot *= 2
    # The logarithm of t is searched. H changes by the variance of x for each unit of it, so an error of 1e-15 is none.
    found = optimize.brentq(lambda u: entropy(np.exp(u)) - h, np.log(cold), np.log(hot), xtol=1e-15)
    return float(unit * np.exp(found))
