"""One function, or nine?

Write the function below, then check the exercise compare_stages.
"""

import numpy as np


def compare_stages(z, tau):
    """Return what nine places for the temperature make of one row of logits, and say which of them differ.

    Parameters
    ----------
    z : array_like, shape (V,)
        Logits of one row, all finite.
    tau : float
        Temperature, greater than 0 and finite.

    Returns
    -------
    stages : dict
        For each of the nine names below a tuple ``(p, total, H, verdict)``:

        - ``p``, float64 array of shape (V,): the vector that this stage gives, in the order of ``z``
        - ``total``, float: the sum of ``p`` as it is, nothing divided by it
        - ``H``, float: ``-sum(p * log(p))`` of ``p`` as it is, in nats, with ``0 * log(0) = 0``
        - ``verdict``, str: the first of these that holds. ``"not a distribution"`` if ``total`` is not 1; ``"same"`` if
          ``p`` is that of ``"inside"``; ``"no effect"`` if ``p`` is softmax(z); else ``"different"``. Numbers are equal
          if they differ by at most 1e-9, and vectors are if all their entries are.

    Raises
    ------
    ValueError
        If ``z`` has no token, is not one row, or holds nan or an infinity; if ``tau`` is not greater than 0, is nan or
        ``np.inf``.

    Notes
    -----
    The nine stages, with s(x) = exp(x) / sum(exp(x)):

    - ``"inside"``: s(z / tau), the definition
    - ``"power"``: s(z) ** (1 / tau), divided by its sum
    - ``"log_inside"``: s(log(s(z)) / tau)
    - ``"power_raw"``: s(z) ** (1 / tau), and nothing else
    - ``"double"``: s(s(z) / tau)
    - ``"inverse"``: s(tau * z)
    - ``"divided"``: s(z) / tau, divided by its sum
    - ``"top_p_after"``: s(z / tau), then top-p
    - ``"top_p_before"``: s(z), then top-p, then the temperature on the logits of the tokens that are kept

    Top-p keeps the most probable tokens, from the first to the one with which their total reaches 0.9. All others get
    0, and what is kept is divided by its sum.

    Examples
    --------
    >>> stages = compare_stages([1.0, 0.0], 2.0)
    >>> stages["divided"][0].round(4), stages["divided"][3]
    (array([0.7311, 0.2689]), 'no effect')
    >>> round(stages["power_raw"][1], 4), stages["power_raw"][3]
    (1.3736, 'not a distribution')
    """
    raise NotImplementedError
