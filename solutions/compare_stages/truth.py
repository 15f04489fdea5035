"""What is true of the nine stages: their formulas at 50 digits, scipy's softmax and entropy, and identities."""

import mpmath
import numpy as np
import scipy.special
import scipy.stats
from hypothesis import strategies as st

from grader import call

DIGITS = 50
NUCLEUS = mpmath.mpf(9) / 10
LIMIT = mpmath.mpf(10) ** -9  # up to which numbers are equal
EDGE = mpmath.mpf(10) ** -11  # so near to a limit floats cannot tell on which side they are
SAME = ("power", "log_inside")
LOGITS = st.one_of(st.floats(-20, 20), st.sampled_from([0.0, 1.0, 1.0 + 1e-7, -1.0]))
TAUS = st.one_of(st.floats(0.1, 20), st.sampled_from([1.0, 2.0, 0.5, 1 + 1e-7]))
INPUTS = st.builds(lambda row, tau: call("compare_stages", row, tau), st.lists(LOGITS, min_size=1, max_size=9), TAUS)


def faults(function, z, tau):
    """Yield where a vector, a sum, an entropy or a verdict is not the true one."""
    got = function(z, tau)
    z = np.asarray(z, dtype=np.float64)
    with mpmath.workdps(DIGITS):
        exact, clear = _vectors([mpmath.mpf(float(logit)) for logit in z], mpmath.mpf(float(tau)))
        for name, p in exact.items():
            if clear[name]:
                yield from _of_stage(name, got[name], p, exact)
    yield from _scipy(got, z, tau)
    for name in SAME:
        if got[name][3] != "same":
            yield f"{name} is the definition, and is called {got[name][3]}"


def _of_stage(name, got, p, exact):
    found, total, entropy, verdict = got
    worst = max(abs(mpmath.mpf(float(a)) - b) for a, b in zip(found, p, strict=True))
    if worst > 1e-12 * max(1, *p):
        yield f"{name}: a probability is off by {float(worst):.2g}"
    true_sum = mpmath.fsum(p)
    if abs(total - true_sum) > 1e-12 * max(1, true_sum):
        yield f"{name}: mpmath gives the sum {float(true_sum)!r}, the reference {total!r}"
    true_entropy = -mpmath.fsum(share * mpmath.log(share) for share in p if share > 0)
    if abs(entropy - true_entropy) > 1e-12 * max(1, abs(true_entropy)):
        yield f"{name}: mpmath gives the entropy {float(true_entropy)!r}, the reference {entropy!r}"
    gaps = [abs(true_sum - 1), _apart(p, exact["inside"]), _apart(p, exact["plain"])]
    if min(abs(gap - LIMIT) for gap in gaps) > EDGE and verdict != _verdict(*gaps):
        yield f"{name}: the verdict is {_verdict(*gaps)}, the reference says {verdict}"


def _verdict(from_one, from_inside, from_plain):
    if from_one > LIMIT:
        return "not a distribution"
    if from_inside <= LIMIT:
        return "same"
    return "no effect" if from_plain <= LIMIT else "different"


def _vectors(z, tau):
    """Return all vectors, and of which of them it is clear what top-p keeps."""
    plain, inside = _softmax(z), _softmax([logit / tau for logit in z])
    powers = [p ** (1 / tau) for p in plain]
    (after, sure_after), (before, sure_before) = _kept(inside), _kept(plain)
    vectors = {
        "plain": plain,
        "inside": inside,
        "power": [p / mpmath.fsum(powers) for p in powers],
        "log_inside": _softmax([mpmath.log(p) / tau for p in plain]),
        "power_raw": powers,
        "double": _softmax([p / tau for p in plain]),
        "inverse": _softmax([logit * tau for logit in z]),
        "divided": plain,
        "top_p_after": _softmax(_masked([logit / tau for logit in z], after)),
        "top_p_before": _softmax(_masked([logit / tau for logit in z], before)),
    }
    clear = dict.fromkeys(vectors, True) | {"plain": False, "top_p_after": sure_after, "top_p_before": sure_before}
    return vectors, clear


def _softmax(x):
    peak = max(x)
    weights = [mpmath.exp(value - peak) for value in x]
    return [weight / mpmath.fsum(weights) for weight in weights]


def _masked(x, kept):
    return [value if keep else -mpmath.inf for value, keep in zip(x, kept, strict=True)]


def _kept(p):
    """Return which tokens are in the nucleus, and whether floats must find the same ones."""
    order = sorted(range(len(p)), key=lambda token: -p[token])
    before = mpmath.mpf(0)
    kept = [False] * len(p)
    sure = True
    for place, token in enumerate(order):
        kept[token] = before < NUCLEUS
        last = place + 1 == len(p)
        tied = not last and abs(p[token] - p[order[place + 1]]) < EDGE
        sure = sure and abs(before - NUCLEUS) > EDGE
        before += p[token]
        sure = sure and not (tied and kept[token] and before >= NUCLEUS)
    return kept, sure


def _scipy(got, z, tau):
    """Yield where scipy says otherwise; its entropy divides by the sum first."""
    peers = {
        "inside": scipy.special.softmax(z / tau),
        "log_inside": scipy.special.softmax(scipy.special.log_softmax(z) / tau),
        "double": scipy.special.softmax(scipy.special.softmax(z) / tau),
        "inverse": scipy.special.softmax(tau * z),
        "divided": scipy.special.softmax(z),
    }
    for name, p in peers.items():
        if np.abs(p - got[name][0]).max() > 1e-12:
            yield f"{name}: scipy's softmax says {p!r}"
        if abs(scipy.stats.entropy(p) - got[name][2]) > 1e-12:
            yield f"{name}: scipy's entropy is {scipy.stats.entropy(p)!r}"


def _apart(p, q):
    return max(abs(a - b) for a, b in zip(p, q, strict=True))
