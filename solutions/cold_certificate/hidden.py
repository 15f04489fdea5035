"""What only the graded run asks: eps down to 1e-12, near ties, scales from 1e-6 to 1e6, ties, masks and random rows."""

from __future__ import annotations

import numpy as np

from grader import check, expect

from ..oracles import cold_threshold, row, thresholds
from .public import CLAIMS, claims


def _crowd(ties, near, far, gap=1.0):
    """Return maxima at 0, runners-up at -gap, and others far below."""
    return [0.0] * ties + [-gap] * near + [-40.0 * gap] * far


SMALL, _ = claims(
    "small",
    [
        ([0.0, -1.0], 1e-4),
        ([0.0, -1.0, -1.0, -2.0], 1e-6),
        (row(1, 6), 1e-8),
        (row(2, 20), 1e-10),
        (row(3, 50), 1e-12),
        (_crowd(1, 49, 0), 1e-12),
        (_crowd(1, 1, 48), 1e-5),
        ([0.0, -1.0, -1.5], 1e-12),
        (row(4, 30, 20.0), 1e-9),
        (row(5, 9, 0.05), 1e-11),
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
        (row(6, 12, 1e6), 1e-6),
        (row(7, 12, 1e-6), 1e-6),
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
    [(row(100 + n, 3 + 4 * n, 10.0 ** (n % 5 - 2)), 10.0 ** -(3 + n % 7)) for n in range(12)],
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
    CLAIMS.attack(subject, SMALL, thresholds(SMALL, cold_threshold), otherwise="distance_cancels")


@check(points=0.8, on=SMALL, about="eps", needs=["says_something"], finds=["safety_factor"])
def tight_for_small_eps(subject):
    """Claims for eps down to 1e-12 come within a factor 2 of the truth."""
    CLAIMS.hold_against(subject, SMALL, thresholds(SMALL, cold_threshold))


@check(points=1, on=SCALES, about="z", needs=["says_something"], finds=["near_ties_merged", "search_range_fixed"])
def sound_at_every_scale(subject):
    """Claims hold for logits of any scale, and for near ties."""
    CLAIMS.attack(subject, SCALES, thresholds(SCALES, cold_threshold))


@check(points=0.6, on=SCALES, about="z", needs=["says_something"], finds=["search_range_fixed"])
def tight_at_every_scale(subject):
    """Claims grow and shrink with the logits."""
    CLAIMS.hold_against(subject, SCALES, thresholds(SCALES, cold_threshold))


@check(points=0.7, on=MORE_TIED, about="z", needs=["says_something"], finds=["sup_norm_instead", "tied_gap_zero"])
def sound_with_more_ties(subject):
    """More ties and masks break no claim."""
    CLAIMS.attack(subject, MORE_TIED, thresholds(MORE_TIED, cold_threshold))


@check(points=0.5, on=MORE_TIED, about="z", needs=["says_something"], finds=["masks_counted", "maxima_counted_as_one"])
def tight_with_more_ties(subject):
    """Claims stay large with more ties and masks."""
    CLAIMS.hold_against(subject, MORE_TIED, thresholds(MORE_TIED, cold_threshold))


@check(points=0.6, on=RANDOM, needs=["says_something"], finds=["leak_of_one_token"])
def sound_for_random_rows(subject):
    """Claims for random rows hold."""
    CLAIMS.attack(subject, RANDOM, thresholds(RANDOM, cold_threshold))


@check(points=0.3, on=RANDOM, needs=["says_something"], finds=["safety_factor"])
def tight_for_random_rows(subject):
    """Claims for random rows come within a factor 2 of the truth."""
    CLAIMS.hold_against(subject, RANDOM, thresholds(RANDOM, cold_threshold))


@check(points=0.3, on=MORE_ALWAYS, about="z", finds=["infinite_claim_missing"])
def more_always(subject, reference):
    """More rows for which every temperature works."""
    expect(subject).agrees(reference, on=MORE_ALWAYS)


@check(points=0.2, on=MORE_REFUSED, finds=["bad_input_accepted"])
def more_refused(subject):
    """Everything without an answer is refused."""
    expect(subject).refuses(ValueError, on=MORE_REFUSED)
