"""A sweep over temperatures.

Write the functions below, then check the exercise sweep.
"""

import numpy as np


def sweep(z, taus):
    """Return entropy, effective number of tokens and top probability at every temperature of a grid.

    Parameters
    ----------
    z : array_like, shape (V,)
        Logits of one row. ``-np.inf`` masks a token.
    taus : array_like, shape (T,)
        Temperatures, each greater than 0. A geometric grid, such as ``np.geomspace(0.05, 100, 60)``, shows most.

    Returns
    -------
    series : dict of ndarray of float64, each of shape (T,)
        With three keys. ``"H"``: the entropy of softmax(z / tau) in nats, from 0 to log(V). ``"N"``: the effective
        number of tokens, exp(H), from 1 to V. ``"qmax"``: the probability of a most probable token. Entry t belongs to
        ``taus[t]``. ``z`` and ``taus`` are left as they were.

    Raises
    ------
    ValueError
        If ``z`` has no token, is not one row, is masked from end to end, or holds nan or ``+np.inf``; if any
        temperature is 0, negative or nan.

    Notes
    -----
    The entropy is ``-sum_i q_i log(q_i)``, and ``0 log 0`` counts as 0. It never falls as the temperature rises: its
    slope is the variance of the logits under q, divided by tau cubed. The effective number is how many equally
    probable tokens would have this entropy.

    Examples
    --------
    Two tokens: at tau = 1 they are unequal, at tau = 1000 nearly equal.

    >>> series = sweep([1.0, 0.0], [1.0, 1000.0])
    >>> series["H"].round(4)
    array([0.5822, 0.6931])
    >>> series["N"].round(4)
    array([1.7899, 2.    ])
    >>> series["qmax"].round(4)
    array([0.7311, 0.5002])
    """
    raise NotImplementedError


def plot_sweep(ax, z, taus):
    """Draw the entropy against the temperature on ``ax``, between its two limits.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        An empty Axes, on which to draw. Make no figure of your own, and do not use pyplot.
    z : array_like, shape (V,)
        Logits of one row, as for ``sweep``: V unmasked tokens, and m of them tie for the largest logit.
    taus : array_like, shape (T,)
        Temperatures, as for ``sweep``.

    Notes
    -----
    What has to be there, in any colour, style and language:

    - one line with the entropy in nats at each of the temperatures: x is ``taus`` and y is ``sweep(z, taus)["H"]``
    - a logarithmic x axis and a linear y axis
    - a level line at log(V), the limit for high temperatures, and one at log(m), the limit for low ones
    - a label at each axis: x names tau or the temperature, y names H or the entropy
    - a name for each level, in a legend or as a text on the Axes

    Whatever is returned is not looked at.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> ax = Figure().add_subplot()
    >>> plot_sweep(ax, [2.0, 1.0, 0.1, -1.0], np.geomspace(0.05, 100, 60))
    >>> ax.get_xscale()
    'log'
    """
    raise NotImplementedError
