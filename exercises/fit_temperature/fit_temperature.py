"""Fitting the temperature.

Write the function below, then check the exercise fit_temperature.
"""

import numpy as np


def fit_temperature(logits, labels):
    """Return the temperature at which softmax(logits / T) fits the labels best, and what the model was at T = 1.

    Parameters
    ----------
    logits : array_like, shape (N, V)
        Finite logits, a row for each of N cases.
    labels : array_like of int, shape (N,)
        The right token of each case, 0 to V - 1.

    Returns
    -------
    T : float
        The T > 0 with the least mean negative log-likelihood of the labels under softmax(logits / T).
    verdict : {"over", "under", "calibrated"}
        From the sign of the mean of ``E_q[z] - z_label`` at T = 1, where q = softmax(z): ``"over"``, over-confident, if
        it is positive, ``"under"`` if it is negative, ``"calibrated"`` if it is 0 but for rounding, which is at most
        1e-9 times the largest max(z) - min(z) of a row.

    Raises
    ------
    ValueError
        If no T > 0 is best: every label has a largest logit of its row, so that the loss falls as T falls to 0; or the
        labels have no larger logits than the average token, so that it falls, or stays, as T grows. Also if ``logits``
        is not (N, V), holds no number, or one that is not finite; if ``labels`` is not (N,), or one is not 0 to V - 1.

    Notes
    -----
    As a function of beta = 1 / T the loss is convex, with the slope mean(E_q[z] - z_label) [1]_. The sign of the slope
    at beta = 1 tells on which side of 1 the best T lies. Temperature changes no argmax, so no accuracy.

    References
    ----------
    .. [1] C. Guo, G. Pleiss, Y. Sun and K. Weinberger, "On Calibration of Modern Neural Networks", 2017, section 4.2.

    Examples
    --------
    A model says 0.9 and is right in 3 of 4 cases. T = 2 turns 0.9 into 0.75:

    >>> T, verdict = fit_temperature([[np.log(9), 0.0]] * 4, [0, 0, 0, 1])
    >>> print(f"{T:.6f}", verdict)
    2.000000 over
    """
    raise NotImplementedError
