"""Two temperatures for each law: the line through two points is their secant."""

import math

import numpy as np


def rates(z):
    """Take both distances at two temperatures, as multiples of what this row calls hot and cold."""
    z = np.asarray(z, dtype=float)
    if z.ndim != 1 or not z.size or np.isnan(z).any() or np.isinf(np.max(z)):
        raise ValueError("no row of logits")
    row = np.sort(z[np.isfinite(z)])[::-1]
    best = int(np.sum(row == row[0]))
    if best == row.size:
        raise ValueError("no gap")
    gap, wide = row[0] - row[best], row[0] - row[-1]

    def to_uniform(tau):
        """Return the larger of both ends' differences, by way of sums that do not cancel."""
        up = -np.expm1((row - row[0]) / tau)
        down = np.expm1((row - row[-1]) / tau)
        return max(up.sum() / (row.size - up.sum()), down.sum() / (row.size + down.sum())) / row.size

    def to_argmax(tau):
        """Return what the tokens below the maxima hold together."""
        rest = np.exp((row[best:] - row[0]) / tau).sum()
        return rest / (best + rest)

    warm, hot, cool, cold = 1e5 * wide, 1e7 * wide, gap / 200, gap / 650
    slope = math.log(to_uniform(hot) / to_uniform(warm)) / math.log(hot / warm)
    fall = (math.log(to_argmax(cold)) - math.log(to_argmax(cool))) / (1 / cold - 1 / cool)
    return {
        "gap": float(gap),
        "hot_slope": slope,
        "hot_const": hot * to_uniform(hot),
        "cold_slope": fall,
        "cold_const": math.log(to_argmax(cold)) - fall / cold,
    }
