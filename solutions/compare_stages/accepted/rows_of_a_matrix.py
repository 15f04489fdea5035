"""All nine vectors are rows of one matrix, so that sums, entropies and distances are taken for all of them at once."""

import numpy as np


def compare_stages(z, tau):
    """Fill a matrix, and judge its rows."""
    z = np.asarray(z, float)
    if z.ndim != 1 or not z.size or not np.all(np.abs(z) < np.inf) or not (tau > 0 and tau < np.inf):
        raise ValueError("no answer")
    b = 1.0 / tau
    names = [
        "inside",
        "power",
        "log_inside",
        "power_raw",
        "double",
        "inverse",
        "divided",
        "top_p_after",
        "top_p_before",
    ]
    z = z - np.max(z)
    w, v = np.exp(z), np.exp(z * b)
    keep = []
    for weights in (v, w):
        total, ranked = np.sum(weights), np.flip(np.argsort(weights))
        count = 1
        while np.sum(weights[ranked[:count]]) < 0.9 * total:
            count += 1
        mask = np.zeros(len(z))
        mask[ranked[:count]] = 1.0
        keep.append(mask)
    s = w / np.sum(w)
    twice = np.exp((s - np.max(s)) * b)
    unscaled = np.array([v, v, v, s**b, twice, np.exp(z * tau), w, v * keep[0], v * keep[1]])  # (9, V)
    totals = np.sum(unscaled, axis=1, keepdims=True)
    totals[3] = 1.0  # power_raw stays as it is
    p = unscaled / totals
    sums = np.sum(p, axis=1)
    logs = np.zeros_like(p)
    np.log(p, where=p > 0, out=logs)
    entropies = -np.einsum("ij,ij->i", p, logs)
    far = np.max(np.abs(p - p[0]), axis=1), np.max(np.abs(p - s), axis=1)
    verdicts = np.select(
        [np.abs(sums - 1) > 1e-9, far[0] <= 1e-9, far[1] <= 1e-9],
        ["not a distribution", "same", "no effect"],
        "different",
    )
    rows = zip(p, sums.tolist(), entropies.tolist(), verdicts.tolist(), strict=True)
    return dict(zip(names, rows, strict=True))
