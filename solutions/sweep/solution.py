"""Entropy along a grid of temperatures: as numbers, and as a picture with both of its limits."""

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
    z = np.asarray(z, dtype=np.float64)
    taus = np.asarray(taus, dtype=np.float64)
    if z.ndim != 1 or z.size == 0 or not np.isfinite(z.max()):  # the maximum is nan if any logit is
        raise ValueError("z must be one row of logits, finite or -inf, and not all -inf")
    if not (taus > 0).all():  # false for nan, too
        raise ValueError("every temperature must be greater than 0")
    weight = np.exp((z - z.max()) / taus[:, np.newaxis])  # (T, V)
    q = weight / weight.sum(axis=1, keepdims=True)  # (T, V)
    log_q = np.log(q, out=np.zeros(q.shape), where=q > 0)  # (T, V): 0 where q is 0, so that the product is 0
    entropy = 0.0 - (q * log_q).sum(axis=1)  # (T,): subtracted from 0.0, because the negative of 0.0 is -0.0
    return {"H": entropy, "N": np.exp(entropy), "qmax": q.max(axis=1)}


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
    z = np.asarray(z, dtype=np.float64)
    tokens = np.count_nonzero(z > -np.inf)
    maxima = np.count_nonzero(z == z.max())
    ax.plot(taus, sweep(z, taus)["H"], label="H")
    ax.axhline(np.log(tokens), linestyle="--", label="log V")
    ax.axhline(np.log(maxima), linestyle=":", label="log m")
    ax.set_xscale("log")
    ax.set_xlabel("temperature tau")
    ax.set_ylabel("entropy H in nats")
    ax.legend()
