"""The slope of the entropy, with a bound.

Write the function below, then check the exercise entropy_slope.
"""

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
    raise NotImplementedError
