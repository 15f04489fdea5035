"""Where one function becomes two.

Write the function below, then check the exercise precision_witness.
"""

import numpy as np


def precision_witness():
    """Return logits that break the power form of the temperature in float16.

    Returns
    -------
    z : array_like, shape (V,)
        One row of at most 5000 finite logits, the same in every call. At tau = 2 the entropy by way of the power,
        with softmax(z) stored in float16, is off by more than 0.1 nat.

    Notes
    -----
    On paper softmax(z / tau) is softmax(z) ** (1 / tau), divided by its sum. In the second form softmax(z) is a number
    that has to be stored. The grader takes your z and tau = 2, and computes three entropies in nats:

    - that of softmax(z / 2), in float64
    - that of softmax(z) ** (1 / 2), divided by its sum, in float64: it differs from the first by at most 1e-12
    - that of ``stored ** (1 / 2)``, divided by its sum, in float64, with ``stored = softmax(z).astype(np.float16)``:
      it must differ from the first by more than 0.1

    The smallest number above 0 in float16 is 2 ** -24, about 6e-8.

    Examples
    --------
    >>> z = np.asarray(precision_witness())
    >>> z.ndim, z.size <= 5000, bool(np.isfinite(z).all())
    (1, True, True)
    """
    raise NotImplementedError
