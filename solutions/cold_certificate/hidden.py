"""What only the graded run asks: eps down to 1e-12, near ties, scales from 1e-6 to 1e6, ties, masks and random rows."""

from __future__ import annotations

import functools

import numpy as np
from scipy import optimize, special

from grader import check, draws, expect

from .public import attack, claims, hold_against


def distance(z, tau):
    """Return the total variation distance to the cold limit, R / (m + R), without a difference that cancels."""
    with np.errstate(over="ignore"):
        weight = np.exp((z[z > -np.inf] - z.max()) / tau)
    leak = weight[z[z > -np.inf] < z.max()].sum()
    return float(leak / (np.count_nonzero(z == z.max()) + leak))


def threshold(z, eps):
    """Return the largest temperature that works, by brentq on the logarithm of the weight outside the maxima.

    With x = d / tau, d the smallest gap, log R falls from log(rest) at x = 0. It lies between log(rest) - x and
    log(rest) - x D / d, D the largest gap. So the root is bracketed, on a log scale as it may be tiny.
    """
    gap = z.max() - z[z > -np.inf]
    ties, others = np.count_nonzero(gap == 0), gap[gap > 0]
    target = np.log(ties * eps / (1 - eps))
    steps = others / others.min()
    fall = np.log(others.size) - target

    def excess(u):
        """Return by how much the logarithm is above its target at x = exp(u)."""
        return special.logsumexp(-steps * np.exp(u)) - target

    low, high = np.log(fall / steps.max()) - 1e-9, np.log(fall) + 1e-9
    return float(others.min() / np.exp(optimize.brentq(excess, low, high, xtol=1e-15, rtol=1e-15)))


@functools.cache
def truth(group):
    """Return the true thresholds of a group, worked out once per run."""
    return [threshold(*probe.call.arguments()[0]) for probe in group]


def _row(seed, count, scale=1.0):
    """Return random logits with three digits, so that a case can be read."""
    return [float(f"{logit:.3g}") for logit in draws(seed).normal(0.0, scale, count)]


def _crowd(ties, near, far, gap=1.0):
    """Return maxima at 0, runners-up at -gap, and others far below."""
    return [0.0] * ties + [-gap] * near + [-40.0 * gap] * far


SMALL, _ = claims(
    "small",
    [
        ([0.0, -1.0], 1e-4),
        ([0.0, -1.0, -1.0, -2.0], 1e-6),
        (_row(1, 6), 1e-8),
        (_row(2, 20), 1e-10),
        (_row(3, 50), 1e-12),
        (_crowd(1, 49, 0), 1e-12),
        (_crowd(1, 1, 48), 1e-5),
        ([0.0, -1.0, -1.5], 1e-12),
        (_row(4, 30, 20.0), 1e-9),
        (_row(5, 9, 0.05), 1e-11),
    ],
)

SCALES, _ = claims(
    "scales",
    [
        ([1.0, 0.0, -0.5], 1e-3),
        ([1e-6, 0.0, 0.0], 1e-3),
        ([1e6, 0.0, 5e5], 1e-3),
        ([1.0, 1.0 - 1e-6, 0.0], 1e-3),
        ([0.0, -1e-9, -1e-9, -1.0], 1e-4),
        ([1.0, 1.0 - 2.0**-50, 0.5], 1e-3),
        ([1e-300, 0.0, 0.0], 1e-3),
        (_row(6, 12, 1e6), 1e-6),
        (_row(7, 12, 1e-6), 1e-6),
        ([1e6, 1e6 - 1e-3, 0.0], 1e-5),
    ],
)

MORE_TIED, _ = claims(
    "more_tied",
    [
        (_crowd(2, 1, 0), 1e-4),
        (_crowd(3, 2, 5), 1e-3),
        (_crowd(2, 10, 0, 0.01), 1e-6),
        (_crowd(23, 1, 26), 1e-3),
        (_crowd(30, 1, 0), 1e-2),
        ([2.0, -np.inf, 2.0, 1.5, -np.inf], 1e-5),
        ([-np.inf] * 60 + [0.0, -3.0], 0.2),
        ([-np.inf, 7.0, -np.inf, 6.5, 6.5], 1e-12),
        (_crowd(40, 2, 8, 300.0), 1e-8),
    ],
)

RANDOM, _ = claims(
    "random",
    [(_row(100 + n, 2 + 4 * n, 10.0 ** (n % 5 - 2)), 10.0 ** -(3 + n % 7)) for n in range(12)],
)

MORE_ALWAYS, _ = claims(
    "more_always",
    [
        ([0.0, 0.0, 0.0], 1e-12),
        ([-5.0], 0.3),
        ([-np.inf, 3.0, 3.0, -np.inf], 1e-9),
        ([1e6, 0.0], 0.75),
        ([1.0, 0.0, -np.inf], 0.5),
        ([5.0, 5.0, 5.0, 0.0], 0.25),
        ([5.0, 0.0, -1.0, -2.0], 2.0),
    ],
)

MORE_REFUSED, _ = claims(
    "more_refused",
    [
        ([2.0, 0.0], -1e-9),
        ([2.0, 2.0], 0.0),
        ([2.0], np.nan),
        ([np.nan], 0.1),
        ([np.inf, np.inf], 0.1),
        ([-np.inf], 0.1),
        ([[1.0, 0.0], [0.0, 1.0]], 0.1),
    ],
)


@check(points=1, on=SMALL, about="eps", needs=["says_something"], finds=["distance_cancels", "leak_of_one_token"])
def sound_for_small_eps(subject):
    """Claims for eps down to 1e-12 hold."""
    attack(subject, SMALL, truth(SMALL), distance, otherwise="distance_cancels")


@check(points=0.8, on=SMALL, about="eps", needs=["says_something"], finds=["safety_factor"])
def tight_for_small_eps(subject):
    """Claims for eps down to 1e-12 come within a factor 2 of the truth."""
    hold_against(subject, SMALL, truth(SMALL))


@check(points=1, on=SCALES, about="z", needs=["says_something"], finds=["near_ties_merged", "search_range_fixed"])
def sound_at_every_scale(subject):
    """Claims hold for logits of any scale, and for near ties."""
    attack(subject, SCALES, truth(SCALES), distance)


@check(points=0.6, on=SCALES, about="z", needs=["says_something"], finds=["search_range_fixed"])
def tight_at_every_scale(subject):
    """Claims grow and shrink with the logits."""
    hold_against(subject, SCALES, truth(SCALES))


@check(points=0.7, on=MORE_TIED, about="z", needs=["says_something"], finds=["sup_norm_instead", "tied_gap_zero"])
def sound_with_more_ties(subject):
    """More ties and masks break no claim."""
    attack(subject, MORE_TIED, truth(MORE_TIED), distance)


@check(points=0.5, on=MORE_TIED, about="z", needs=["says_something"], finds=["masks_counted", "maxima_counted_as_one"])
def tight_with_more_ties(subject):
    """Claims stay large with more ties and masks."""
    hold_against(subject, MORE_TIED, truth(MORE_TIED))


@check(points=0.6, on=RANDOM, needs=["says_something"], finds=["leak_of_one_token"])
def sound_for_random_rows(subject):
    """Claims for random rows hold."""
    attack(subject, RANDOM, truth(RANDOM), distance)


@check(points=0.3, on=RANDOM, needs=["says_something"], finds=["safety_factor"])
def tight_for_random_rows(subject):
    """Claims for random rows come within a factor 2 of the truth."""
    hold_against(subject, RANDOM, truth(RANDOM))


@check(points=0.3, on=MORE_ALWAYS, about="z", finds=["infinite_claim_missing"])
def more_always(subject, reference):
    """More rows for which every temperature works."""
    expect(subject).agrees(reference, on=MORE_ALWAYS)


@check(points=0.2, on=MORE_REFUSED, finds=["bad_input_accepted"])
def more_refused(subject):
    """Everything without an answer is refused."""
    expect(subject).refuses(ValueError, on=MORE_REFUSED)
