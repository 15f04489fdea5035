"""Each row is a loop in plain Python, added up with math.fsum."""

import math

import numpy as np


def entropy(p, axis=-1):
    """Walk along each row."""

    def of_row(row):
        """Return the entropy of one row."""
        terms = []
        for chance in row.tolist():
            if not chance >= 0:
                raise ValueError(f"{chance} is no probability")
            terms.append(chance * math.log(1 / chance) if chance > 1e-307 else chance * 708.0)
        if not abs(math.fsum(row) - 1) <= 1e-9:
            raise ValueError("the row does not sum to 1")
        return math.fsum(terms)

    p = np.array(p, dtype=np.float64)
    if p.size == 0:
        raise ValueError("there are no probabilities")
    found = np.apply_along_axis(of_row, axis, p)
    return float(found) if p.ndim == 1 else found
