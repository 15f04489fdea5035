"""Plain Python: rows as lists, math.fsum, and halving of 1 / T."""

import math


def table(logits, labels):
    """Return rows of floats and labels as integers."""
    try:
        rows = [[float(x) for x in row] for row in logits]
        right = [int(label) for label in labels]
    except TypeError:
        raise ValueError("logits are no table, or labels no list") from None
    if not rows or any(not row or len(row) != len(rows[0]) for row in rows):
        raise ValueError("logits are no table")
    if any(not math.isfinite(x) for row in rows for x in row):
        raise ValueError("a logit is not finite")
    if len(right) != len(rows) or any(not 0 <= label < len(rows[0]) for label in right):
        raise ValueError("labels do not fit")
    return rows, right


def fit_temperature(logits, labels):
    """Add up row by row."""
    rows, right = table(logits, labels)
    widest = max(max(row) - min(row) for row in rows)
    if all(row[label] == max(row) for row, label in zip(rows, right, strict=True)):
        raise ValueError("T would fall to 0")

    def surplus(beta):
        terms = []
        for row, label in zip(rows, right, strict=True):
            weights = [math.exp(beta * (x - max(row))) for x in row]
            total = math.fsum(weights)
            terms.append(math.fsum(w / total * (x - row[label]) for w, x in zip(weights, row, strict=True)))
        return math.fsum(terms) / len(terms)

    if surplus(0.0) > -1e-12 * widest:
        raise ValueError("T would grow without end")
    first = surplus(1.0)
    small, large = 0.0, 1.0 / widest
    while surplus(large) < 0:
        small, large = large, 2 * large
    for _ in range(100):
        middle = 0.5 * (small + large)
        if surplus(middle) < 0:
            small = middle
        else:
            large = middle
    if abs(first) <= 1e-9 * widest:
        return 1 / middle, "calibrated"
    return 1 / middle, ("over" if first > 0 else "under")
