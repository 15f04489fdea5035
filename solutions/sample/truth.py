"""What is true of draws: their law at 50 digits, held against thousands of draws, and the laws that are declared."""

import mpmath
import numpy as np
from hypothesis import strategies as st

from grader import call, rng
from grader.exercise.draws import goodness, independence

from ..oracles import tempered
from .public import COLD, LAWS_COLD, LAWS_MASKED, LAWS_ORDINARY, MASKED, ORDINARY

DIGITS = 50
DRAWS = 2000
DECLARED = {
    (tuple(probe.call.args[0].values), probe.call.args[1]): law
    for group, laws in ((ORDINARY, LAWS_ORDINARY), (MASKED, LAWS_MASKED), (COLD, LAWS_COLD))
    for probe, law in zip(group, laws, strict=True)
}
LOGITS = st.one_of(st.floats(-20, 20), st.sampled_from([0.0, 1.0, -np.inf, 1e4, 1.0 - 1e-6]))
ROWS = st.lists(LOGITS, min_size=1, max_size=8).filter(lambda row: max(row) > -np.inf)
TAUS = st.one_of(st.floats(0.05, 50), st.sampled_from([1e-6, 1e6, 1.0]))
INPUTS = st.builds(lambda row, tau, seed: call("sample", row, tau, DRAWS, rng(seed)), ROWS, TAUS, st.integers(0, 2**32))


def faults(function, z, tau, n, generator):
    """Yield where draws are no tokens, follow another law than the exact one, or depend on the one before."""
    tokens = function(z, tau, n, generator)
    if tokens.dtype != np.int64 or tokens.shape != (n,):
        yield f"{tokens.dtype} array of shape {tokens.shape}"
    law = _law(np.asarray(z, dtype=np.float64), tau)
    if np.abs(tempered(z, tau) - law).max() > 1e-12:
        yield f"scipy gives {tempered(z, tau)}, mpmath {law}"
    known = DECLARED.get((tuple(z), tau), law)
    if np.abs(np.array(known) - law).max() > 1e-12:
        yield f"public.py declares the law {known}; it is {law}"
    counts = np.bincount(tokens, minlength=law.size)
    if n and goodness(counts, law) < 1e-7:
        yield f"counts {counts} of law {law}"
    if n and independence(tokens, law.size) < 1e-7:
        yield "neighbours are not independent"


def _law(z, tau):
    with mpmath.workdps(DIGITS):
        peak = mpmath.mpf(float(z.max()))
        weight = [mpmath.exp((mpmath.mpf(float(x)) - peak) / mpmath.mpf(tau)) if x > -np.inf else 0 for x in z]
        total = mpmath.fsum(weight)
        return np.array([float(w / total) for w in weight])
