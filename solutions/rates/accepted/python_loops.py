"""Plain Python: sums in loops, least squares by hand."""

import math


def rates(z):
    """Fit y = a + b x by the normal equations, about the mean."""
    try:
        logits = [float(logit) for logit in z]
    except TypeError:
        raise ValueError("one axis is needed") from None
    if not logits or any(math.isnan(logit) or logit == math.inf for logit in logits):
        raise ValueError("logits must be finite or masked")
    depth = sorted(max(logits) - logit for logit in logits if logit > -math.inf)
    if not depth or depth[-1] == 0:
        raise ValueError("two levels are needed")
    below = [one for one in depth if one > 0]

    def line(points):
        """Return slope and intercept."""
        x_mean = sum(x for x, _ in points) / len(points)
        y_mean = sum(y for _, y in points) / len(points)
        slope = sum((x - x_mean) * (y - y_mean) for x, y in points) / sum((x - x_mean) ** 2 for x, _ in points)
        return slope, y_mean - slope * x_mean

    hot, cold = [], []
    for power in range(8, 17):
        tau = depth[-1] * 10 ** (power / 2)
        lost = [-math.expm1(-one / tau) for one in depth]
        mean = math.fsum(lost) / len(lost)
        hot.append((math.log(tau), math.log(max(mean, lost[-1] - mean) / (1 - mean) / len(lost))))
    for x in range(100, 700, 50):
        weight = math.fsum(math.exp(-x * (one / below[0])) for one in below)
        cold.append((x / below[0], math.log(weight / (len(depth) - len(below) + weight))))
    (hot_slope, _), (cold_slope, cold_const) = line(hot), line(cold)
    return {
        "hot_slope": hot_slope,
        "hot_const": math.exp(hot[-1][0] + hot[-1][1]),
        "cold_slope": cold_slope,
        "cold_const": cold_const,
        "gap": below[0],
    }
