"""What is true of thinned draws: their law and the rate at 50 digits, and the laws and rates that are declared."""

import mpmath
import numpy as np
from hypothesis import strategies as st

from grader import call, rng
from grader.exercise.draws import goodness, independence

from ..oracles import tempered
from .hidden import MORE_RATES, true_rates
from .public import COOL, LAWS_COOL, LAWS_MASKED, LAWS_ONE, LAWS_WARM, MASKED, ONE, RATES, TRUE_RATES, WARM

DIGITS = 50
DRAWS = 500
LAWS = ((COOL, LAWS_COOL), (WARM, LAWS_WARM), (ONE, LAWS_ONE), (MASKED, LAWS_MASKED))
DECLARED_LAWS = {probe.call.text: known for group, laws in LAWS for probe, known in zip(group, laws, strict=True)}
DECLARED_RATES = {
    probe.call.text: known
    for group, rates in ((RATES, TRUE_RATES), (MORE_RATES, true_rates(MORE_RATES)))
    for probe, known in zip(group, rates, strict=True)
}
LOGITS = st.one_of(st.floats(-2, 2), st.sampled_from([0.0, 1.0, -np.inf]))
ROWS = st.lists(LOGITS, min_size=1, max_size=6).filter(lambda row: max(row) > -np.inf)
TAUS = st.one_of(st.floats(0.05, 20), st.sampled_from([1.0, 1e-3, 1e6]))
INPUTS = st.builds(lambda row, tau, seed: call("thin", row, tau, DRAWS, rng(seed)), ROWS, TAUS, st.integers(0, 2**32))


def faults(function, z, tau, n, generator):
    """Yield where draws follow another law than the exact one, depend on the one before, or are accepted too often."""
    asked = call("thin", np.array(z), tau, n, rng(0)).text.rpartition(",")[0]
    tokens, rate = function(z, tau, n, generator)
    z = np.asarray(z, dtype=np.float64)
    law, plain = _law(z, tau), _law(z, 1.0)
    share = float(1 / max(q / p for q, p in zip(law, plain, strict=True) if p > 0))
    exact = np.array([float(q) for q in law])
    if tokens.dtype != np.int64 or tokens.shape != (n,):
        yield f"{tokens.dtype} array of shape {tokens.shape}"
    if np.abs(tempered(z, tau) - exact).max() > 1e-12:
        yield f"scipy gives {tempered(z, tau)}, mpmath {exact}"
    for text, known in DECLARED_LAWS.items():
        if text.rpartition(",")[0] == asked and np.abs(np.array(known) - exact).max() > 1e-11:
            yield f"public.py declares the law {known}; it is {exact}"
    for text, known in DECLARED_RATES.items():
        if text.rpartition(",")[0] == asked and abs(known - share) > 1e-11:
            yield f"the rate {known} is declared; it is {share}"
    if goodness(np.bincount(tokens, minlength=z.size), exact) < 1e-7 or independence(tokens, z.size) < 1e-7:
        yield f"the draws do not follow {exact}, each by itself"
    if abs(rate - share) > 5.5 * share * np.sqrt((1 - share) / n) + 1e-12:
        yield f"the rate is {rate!r}; it should be near {share!r}"


def _law(z, tau):
    """Return the exact law of a token."""
    with mpmath.workdps(DIGITS):
        peak = mpmath.mpf(float(z.max()))
        weight = [mpmath.exp((mpmath.mpf(float(x)) - peak) / mpmath.mpf(tau)) if x > -np.inf else 0 for x in z]
        total = mpmath.fsum(weight)
        return [w / total for w in weight]
