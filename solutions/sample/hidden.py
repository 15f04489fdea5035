"""What only the graded run asks: twenty thousand draws of six tokens, longer rows, large logits, more masks, seeds."""

from __future__ import annotations

import functools

import numpy as np

from grader import array, check, draws, expect, found, probes

from ..oracles import tempered
from .public import FORM, form, hold_against, masks_drawn, nothing, of, under_laws

INF = np.inf
SIX = [4.0, 3.0, 2.0, 1.0, 0.0, -2.0]


def _row(seed, count, scale=1.0):
    """Return random logits with three digits, so that a case can be read."""
    return [float(f"{logit:.3g}") for logit in draws(seed).normal(0.0, scale, count)]


def _drawn(name, cases, **options):
    """Declare a group of draws; its laws are worked out once per run."""
    return under_laws(name, [(*case, ()) for case in cases], **options)[0]


@functools.cache
def laws(group):
    """Return the law of each probe of a group."""
    return [tempered(*probe.call.arguments()[0][:2]) for probe in group]


SIX_TOKENS = _drawn("six_tokens", [(SIX, 0.5), (SIX, 2.0), (SIX, 10.0), (SIX, 1.0)], n=20_000)

ROWS = _drawn(
    "rows",
    [
        ([-3.0, -1.0, -2.0], 0.7),
        ([0.4, 0.9, -0.6, 0.2], 0.3),
        ([1000.0, 1001.0, 999.5], 1.5),
        (_row(1, 12), 1.0),
        (_row(2, 30, 3.0), 4.0),
        (_row(3, 200, 2.0), 3.0),
        ([-2.0] * 20 + [2.5] + [-2.0] * 19, 1.0),
    ],
    n=6000,
)

MORE_MASKED = _drawn(
    "more_masked",
    [
        ([-INF, -INF, 1.0, 0.0, -INF], 0.8),
        ([0.5, -INF, -INF, -0.5], 1e3),
        ([-INF, 2.0, 2.0, -INF, 1.0], 1e6),
        ([-8.0, -INF, -9.0], 2.0),
    ],
    n=3000,
    observe=masks_drawn,
)

MORE_COLD = _drawn(
    "more_cold",
    [
        ([0.5, 0.0, 2.0, -1.0], 0.8),
        ([2.0, 7.0, 7.0, -INF, 7.0], 1e-6),
        ([0.0, -2e-6, -1e-6], 1e-6),
        ([-4.0, -4.0, -5.0], 1e-4),
        ([1e-5, 0.0, 3e-5, -1.0], 2e-5),
        ([800.0, 0.0, 800.5], 0.5),
        ([0.0] * 20 + [4.5e-6] + [0.0] * 19, 1e-6),
    ],
    n=4000,
)

MORE_SEEDS = probes(
    "more_seeds",
    [of(array(SIX), 5.0, 100, seed) for seed in (2**40 + 1, 0, 2**40 + 1, 1)],
    observe=nothing,
)

MORE_EMPTY = probes(
    "more_empty",
    [of(array([-3.0]), 0.5, 2, 1), of([1.0, 2.0, 3.0], 0.5, 0, 2), of(array([0.0, -INF]), 1e-6, 0, 3)],
    observe=form,
)

MORE_KEPT = probes(
    "more_kept",
    [of(array([0.0, 200.0, -INF]), 1.5, 2, 1), of([0.0, 90.0], 0.25, 3, 2), of(array([-90.0, 10.0]), 0.1, 4, 3)],
    observes_arguments=True,
)

MORE_REFUSED = probes(
    "more_refused",
    [
        of(array([2.0]), 0.0, 1, 1),
        of(array([2.0, 2.0]), -1e-9, 0, 1),
        of(array([2.0, 1.0]), np.nan, 0, 1),
        of(array([np.nan]), 1.0, 2, 1),
        of(array([INF, INF]), 1.0, 2, 1),
        of(array([-INF]), 1.0, 2, 1),
        of(array([[1.0, 0.0], [0.0, 1.0]]), 1.0, 2, 1),
        of(array([1.0, 0.0]), 1.0, -3, 1),
    ],
)


@check(points=1, on=SIX_TOKENS, about="tau", needs=["draws_differ"], finds=["gaussian_noise"])
def six_tokens(subject):
    """20 000 draws of six tokens follow their law, hot and cold."""
    hold_against(subject, SIX_TOKENS, laws(SIX_TOKENS))


@check(
    points=0.5,
    on=SIX_TOKENS,
    about="rng",
    needs=["draws_differ"],
    finds=["draws_in_pairs", "draws_sorted"],
)
def six_tokens_forget(subject):
    """20 000 draws are independent of the ones before them."""
    for probe in SIX_TOKENS:
        expect(subject(probe)).independent(len(SIX))


@check(points=0.5, on=ROWS, about="z", needs=["draws_differ"], finds=["temperature_has_no_effect"])
def rows(subject):
    """Longer rows, negative and large logits follow their law."""
    hold_against(subject, ROWS, laws(ROWS))


@check(points=0.25, on=MORE_MASKED, about="z", needs=["tokens_in_a_row"], finds=["masked_tokens_drawn"])
def more_masks(subject):
    """Masks anywhere in a row, cold and hot."""
    hold_against(subject, MORE_MASKED, laws(MORE_MASKED))


@check(points=0.25, on=MORE_COLD, about="tau", needs=["tokens_in_a_row"], finds=["overflow_in_exp", "tau_has_a_floor"])
def more_cold(subject):
    """Ties and near ties at more low temperatures."""
    hold_against(subject, MORE_COLD, laws(MORE_COLD))


@check(points=0.25, on=MORE_SEEDS, about="rng", needs=["draws_differ"], finds=["rng_ignored"])
def more_seeds(subject):
    """Other seeds, small and large, are told apart, too."""
    first, other, again, another = (subject(probe) for probe in MORE_SEEDS)
    if not np.array_equal(first, again) or np.array_equal(first, other) or np.array_equal(other, another):
        found("rng_ignored")


@check(points=0.05, on=MORE_EMPTY, about="n", needs=["tokens_in_a_row"], finds=["no_draws_unhandled"])
def more_empty(subject, reference):
    """No draws of other rows."""
    expect(subject).agrees(reference, on=MORE_EMPTY, otherwise="no_draws_unhandled")


@check(points=0.05, on=MORE_KEPT, about="z", finds=["input_changed"])
def more_arguments_kept(subject):
    """Logits of every kind are left as they were."""
    expect(subject).leaves_arguments(on=MORE_KEPT)


@check(points=0.15, on=MORE_REFUSED, finds=["bad_input_accepted"])
def more_refused(subject):
    """Everything without an answer is refused, also where n is 0."""
    expect(subject).refuses(ValueError, on=MORE_REFUSED, but=FORM.probes[0], otherwise="bad_input_accepted")
