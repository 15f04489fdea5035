"""How fast the entropy rises with the temperature, and how far that number can be off."""

import numpy as np


def entropy_slope(z, tau):
    """Return the derivative of the entropy of softmax(z / tau) with respect to ``tau``, and a bound on its error.

    Parameters
    ----------
    z : array_like, shape (V,)
        Logits of one row. ``-np.inf`` masks a token.
    tau : float
        Temperature, greater than 0 and finite.

    Returns
    -------
    value : float
        dH/dtau in nats per unit of temperature, right to nine digits. It is 0 if all unmasked logits tie.
    bound : float
        The true derivative is between ``value - bound`` and ``value + bound``. At most ``1e-6 * max(1, value)``.

    Raises
    ------
    ValueError
        If ``z`` has no token, is not one row, is masked from end to end, or holds nan or ``+np.inf``; if ``tau`` is
        not above 0 or not finite.

    Notes
    -----
    The derivative is ``Var(z) / tau**3``, the variance taken under softmax(z / tau). A variance is a mean of squares
    of deviations from the mean: whoever squares first and subtracts afterwards subtracts two numbers that are nearly
    equal.

    The bound comes from a second way to the same number, the central difference
    ``(H(tau + h) - H(tau - h)) / (2 h)``. A large h bends it, by h**2 / 6 times the third derivative. A small h
    divides the rounding of H, by 2 h. Near ``h = 6e-6 * tau`` both errors are small.

    Examples
    --------
    Two tokens at a distance of 1 have variance q (1 - q):

    >>> value, bound = entropy_slope([1.0, 0.0], 1.0)
    >>> round(value, 6)
    0.196612
    >>> abs(value - 0.19661193324148185) <= bound <= 1e-6
    True
    """
    z = np.asarray(z, dtype=np.float64)
    if z.ndim != 1 or z.size == 0 or not np.isfinite(z.max()):  # the maximum is nan if any logit is
        raise ValueError("z must be one row of logits, finite or -inf, and not all -inf")
    if not 0 < tau < np.inf:  # false for nan, too
        raise ValueError("tau must be greater than 0 and finite")
    with np.errstate(over="ignore"):  # a quotient beyond the largest float stands for a weight of 0
        x = (z - z.max()) / tau
    x = x[x > -750.0]  # what lies lower weighs exp(-750) = 0, and so does a masked token

    def entropy(stretch):
        """Return the entropy at the temperature stretch * tau."""
        weight = np.exp(x / stretch)
        return np.log(weight.sum()) - weight @ x / (stretch * weight.sum())

    q = np.exp(x) / np.exp(x).sum()
    value = q @ (x - q @ x) ** 2 / tau  # x is z / tau but for a constant, so this is Var(z) / tau**3
    step = 6e-6  # as a share of tau
    near, far = ((entropy(1 + s) - entropy(1 - s)) / (2 * s * tau) for s in (step, 2 * step))
    # |value - dH/dtau| <= |value - near| + |near - dH/dtau|, and the last term has two parts. A step twice as large
    # bends four times as much, so far and near differ by three times the first. H is right to about 2 eps log V.
    rounding = 2 * np.finfo(np.float64).eps * np.log(x.size) / (step * tau)
    return float(value), float(abs(value - near) + abs(near - far) + rounding)
