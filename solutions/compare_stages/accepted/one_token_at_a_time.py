"""Plain Python: one token after the other with math, and sums by fsum."""

import math

import numpy as np


def compare_stages(z, tau):
    """Go through the tokens with loops."""
    if np.ndim(z) != 1 or len(z) == 0:
        raise ValueError("one row, please")
    row = [float(logit) for logit in z]
    if not all(map(math.isfinite, [*row, tau])) or tau <= 0:
        raise ValueError("finite logits and a finite temperature above 0, please")
    tau = float(tau)

    def normalise(values):
        total = math.fsum(values)
        return [value / total for value in values]

    def soft(values):
        top = max(values)
        return normalise([math.exp(value - top) for value in values])

    def top_p(shares):
        chosen, total = set(), 0.0
        for token in sorted(range(len(shares)), key=shares.__getitem__, reverse=True):
            chosen.add(token)
            total += shares[token]
            if total >= 0.9:
                break
        return chosen

    def close(one, other):
        return max(abs(one[token] - other[token]) for token in range(len(one))) <= 1e-9

    q1 = soft(row)
    q = soft([logit / tau for logit in row])
    raw = [share ** (1 / tau) for share in q1]
    late, early = top_p(q), top_p(q1)
    made = {
        "inside": q,
        "power": normalise(raw),
        "log_inside": soft([math.log(share) / tau for share in q1]),
        "power_raw": raw,
        "double": soft([share / tau for share in q1]),
        "inverse": soft([logit * tau for logit in row]),
        "divided": normalise([share / tau for share in q1]),
        "top_p_after": normalise([share if token in late else 0.0 for token, share in enumerate(q)]),
        "top_p_before": soft([logit / tau if token in early else -math.inf for token, logit in enumerate(row)]),
    }
    result = {}
    for name, p in made.items():
        total = math.fsum(p)
        h = math.fsum(-x * math.log(x) for x in p if x > 0)
        verdict = "same" if close(p, q) else "no effect" if close(p, q1) else "different"
        result[name] = (np.array(p), total, h, verdict if abs(total - 1) <= 1e-9 else "not a distribution")
    return result
