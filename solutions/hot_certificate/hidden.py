"""What only the graded run asks: eps down to 1e-10, scales from 1e-6 to 1e6, 1000 tokens, masks and random rows."""

from __future__ import annotations

import numpy as np

from grader import check, expect

from ..oracles import hot_threshold, row, thresholds
from .public import CLAIMS, claims

# Personal rows are drawn anew, and three times their threshold must be within reach whatever they are: for all that are
# drawn V eps is at most 0.6 (truth.py says why that suffices). Rows with a larger V eps are written out.


def _crowd(high, low, drop):
    """Return tokens at 0 and tokens far below: with few of a kind, those few differ most."""
    return [0.0] * high + [-drop] * low


SMALL, _ = claims(
    "small",
    [
        ([0.0, -1.0], 1e-4),
        ([0.0, 0.0, 0.0, -1.0], 1e-6),
        ([1.5, 0.2, -0.7], 1e-7),
        (row(1, 6), 1e-8),
        (row(2, 20), 1e-9),
        (row(3, 50), 1e-10),
        ([3.0, 1.0], 1e-10),
        (row(4, 8), 1e-2),
        (row(5, 30, 20.0), 1e-9),
        (row(6, 9, 0.05), 1e-10),
        (row(7, 7), 3e-10),
        (row(8, 5), 7e-10),
    ],
)

SCALES, _ = claims(
    "scales",
    [
        ([1.0, 0.0, -0.5], 1e-3),
        ([1e-6, 0.0, 0.0], 1e-3),
        ([1e6, 0.0, 5e5], 1e-3),
        ([1e6 + 2.0, 1e6, 1e6 + 0.5], 1e-2),
        ([-1e6, -1e6 - 3.0, -1e6 - 3.0], 1e-2),
        ([0.0, -1e-9, -1e-9], 1e-4),
        ([1e-300, 0.0, 0.0], 1e-3),
        (row(11, 12, 1e6), 1e-6),
        (row(12, 12, 1e-6), 1e-6),
        ([1e4, 1e4 - 1.0], 1e-10),
    ],
)

MANY, _ = claims(
    "many",
    [
        (row(21, 100), 1e-3),
        (row(22, 1000), 1e-4),
        (row(23, 1000), 5e-4),
        (_crowd(1, 999, 4.0), 1e-2),
        (_crowd(999, 1, 4.0), 1e-4),
        (_crowd(500, 500, 1.0), 5e-4),
        (_crowd(1, 99, 50.0), 0.5),
        (row(24, 1000, 1e6), 1e-10),
        (row(25, 400) + [-np.inf] * 600, 1e-3),
        ([-np.inf] * 998 + [5.0, 4.0], 1e-3),
        ([-np.inf] * 900 + _crowd(3, 97, 6.0), 2e-2),
        (row(26, 1000, 1e-6), 1e-6),
    ],
)

RANDOM, _ = claims(
    "random",
    [(row(200 + n, 3 + 5 * n, 10.0 ** (n % 5 - 2)), 10.0 ** -(2 + n % 9)) for n in range(12)],
)

MORE_ALWAYS, _ = claims(
    "more_always",
    [
        ([0.0, 0.0, 0.0], 1e-10),
        ([-5.0], 0.3),
        ([-np.inf, 3.0, 3.0, -np.inf], 1e-9),
        ([1e6, 0.0], 0.75),
        ([1.0, 0.0, -np.inf], 0.5),
        ([5.0, 5.0, 5.0, 0.0], 0.25),
        ([5.0, 0.0, 0.0, 0.0], 0.75),
        (_crowd(500, 500, 3.0), 1e-3),
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


@check(points=0.7, on=SMALL, about="eps", needs=["says_something"], finds=["difference_cancels", "one_side_only"])
def sound_for_small_eps(subject):
    """Claims for eps down to 1e-10 hold."""
    CLAIMS.attack(subject, SMALL, thresholds(SMALL, hot_threshold), otherwise="difference_cancels")


@check(points=0.5, on=SMALL, about="eps", needs=["says_something"], finds=["safety_factor"])
def tight_for_small_eps(subject):
    """Claims for eps down to 1e-10 come within a factor 3 of the truth."""
    CLAIMS.hold_against(subject, SMALL, thresholds(SMALL, hot_threshold))


@check(points=0.6, on=SCALES, about="z", needs=["says_something"], finds=["search_range_fixed"])
def sound_at_every_scale(subject):
    """Claims hold for logits of any scale, wherever they lie."""
    CLAIMS.attack(subject, SCALES, thresholds(SCALES, hot_threshold))


@check(points=0.4, on=SCALES, about="z", needs=["says_something"], finds=["search_range_fixed"])
def tight_at_every_scale(subject):
    """Claims grow and shrink with the spread of the logits."""
    CLAIMS.hold_against(subject, SCALES, thresholds(SCALES, hot_threshold))


@check(points=0.6, on=MANY, about="z", needs=["says_something"], finds=["first_order_only", "zero_claimed_too_early"])
def sound_for_many_tokens(subject):
    """Claims for up to 1000 tokens hold."""
    CLAIMS.attack(subject, MANY, thresholds(MANY, hot_threshold))


@check(points=0.4, on=MANY, about="z", needs=["says_something"], finds=["total_variation_instead"])
def tight_for_many_tokens(subject):
    """Claims for up to 1000 tokens come within a factor 3 of the truth."""
    CLAIMS.hold_against(subject, MANY, thresholds(MANY, hot_threshold))


@check(points=0.3, on=RANDOM, needs=["says_something"], finds=["one_side_only"])
def sound_for_random_rows(subject):
    """Claims for random rows hold."""
    CLAIMS.attack(subject, RANDOM, thresholds(RANDOM, hot_threshold))


@check(points=0.2, on=RANDOM, needs=["says_something"], finds=["share_of_uniform"])
def tight_for_random_rows(subject):
    """Claims for random rows come within a factor 3 of the truth."""
    CLAIMS.hold_against(subject, RANDOM, thresholds(RANDOM, hot_threshold))


@check(points=0.2, on=MORE_ALWAYS, about="z", finds=["zero_claim_missing"])
def more_always(subject, reference):
    """More rows for which every temperature works."""
    expect(subject).agrees(reference, on=MORE_ALWAYS)


@check(points=0.1, on=MORE_REFUSED, finds=["bad_input_accepted"])
def more_refused(subject):
    """Everything without an answer is refused."""
    expect(subject).refuses(ValueError, on=MORE_REFUSED)
