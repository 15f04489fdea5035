"""The temperature for an entropy.

Write the function below, then check the exercise temperature_for_entropy.
"""

import numpy as np


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
    raise NotImplementedError
