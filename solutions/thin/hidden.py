"""What only the graded run asks: more temperatures and rows for the law and for the rate, and more refusals."""

from __future__ import annotations

import functools

import numpy as np

from grader import array, check, draws, expect, probes

from ..oracles import tempered
from .public import FORM, SIX, chance_and_rate, hold_against, hold_rates, law_and_rate, nothing, of
from .public import draws as declare

INF = np.inf


def _row(seed, count):
    """Return random logits with two decimals, so that a case can be read; they differ by at most 3."""
    return draws(seed).uniform(-1.5, 1.5, count).round(2).tolist()


def _drawn(name, cases, *, n):
    """Declare a group of draws; its laws are worked out once per run."""
    return declare(name, [(*case, ()) for case in cases], n=n)[0]


@functools.cache
def laws(group):
    """Return the law of each probe of a group."""
    return [tempered(*probe.call.arguments()[0][:2]) for probe in group]


@functools.cache
def true_rates(group):
    """Return 1 over the largest q_i / p_i of each probe of a group."""
    cases = [probe.call.arguments()[0][:2] for probe in group]
    return [float(1 / np.max(tempered(z, tau)[z > -INF] / tempered(z, 1.0)[z > -INF])) for z, tau in cases]


MORE_COOL = _drawn("more_cool", [(SIX, 0.3), (SIX, 0.7), (_row(1, 5), 0.4), ([1.0, -INF, 1.0, 0.0], 0.1)], n=3000)

MORE_WARM = _drawn(
    "more_warm", [(SIX, 1.5), (SIX, 2.0), (_row(2, 4), 3.0), (_row(3, 8), 1.3), ([0.0, 0.5, -0.5], 1e6)], n=1000
)

MORE_RATES = probes(
    "more_rates",
    [
        of(array(row), tau, 3000, seed)
        for seed, (row, tau) in enumerate([(SIX, 0.3), (SIX, 1.5), (_row(4, 6), 0.5), (_row(5, 6), 2.5), ([2.0], 7.0)])
    ],
    tolerance=chance_and_rate,
    observe=law_and_rate,
)

MORE_REFUSED = probes(
    "more_refused",
    [
        of(array([1.0, 0.0]), INF, 3, 1),
        of(array([1.0, 0.0]), -0.5, 3, 1),
        of(array([2.0]), np.nan, 3, 1),
        of(array([1.0, 0.0]), 0.5, -2, 1),
        of([], 0.5, 1, 1),
        of(array([np.nan, np.nan]), 0.5, 3, 1),
        of(array([-INF]), 0.5, 3, 1),
        of(array([[1.0, 0.0], [0.0, 1.0]]), 0.5, 3, 1),
    ],
    observe=nothing,
)


@check(points=0.3, on=MORE_COOL, about="tau", needs=["answer"], finds=["every_token_kept_alike"])
def more_cool(subject):
    """More rows and temperatures below 1."""
    hold_against(subject, MORE_COOL, laws(MORE_COOL))


@check(points=0.3, on=MORE_WARM, about="tau", needs=["answer"], finds=["every_token_kept_alike"])
def more_warm(subject):
    """More rows and temperatures above 1."""
    hold_against(subject, MORE_WARM, laws(MORE_WARM))


@check(points=0.3, on=MORE_RATES, about="tau", needs=["cool", "warm"], finds=["accepts_less_than_it_could"])
def more_rates(subject):
    """Rates of other rows and temperatures."""
    hold_rates(subject, MORE_RATES, true_rates(MORE_RATES))


@check(points=0.1, on=MORE_REFUSED, finds=["bad_input_accepted"])
def more_refused(subject):
    """Everything without an answer is refused."""
    expect(subject).refuses(ValueError, on=MORE_REFUSED, but=FORM.probes[0], otherwise="bad_input_accepted")
