"""What only the graded run asks: scales from 1e-6 to 1e6, levels that lie close together, many tokens, random rows."""

from __future__ import annotations

import numpy as np

from grader import call, check, draws, expect, probes

from .public import COLD, HOT, measure, rows


def _levels(seed, scale=1.0, most=4, masks=0):
    """Return a shuffled row of levels with several tokens each; the second gap is at least 1.2 times the first."""
    drawn = draws(seed)
    steps = [0.0, drawn.uniform(0.5, 1.5), *drawn.uniform(0.3, 2.0, drawn.integers(1, 6))]
    levels = np.repeat(-np.cumsum(steps) * scale, drawn.integers(1, most + 1, len(steps)))
    row = [float(f"{logit:.5g}") for logit in levels + 3 * scale] + [-np.inf] * masks
    return [row[place] for place in drawn.permutation(len(row))]


SCALES_HOT, SCALES_COLD = rows(
    "scales",
    [
        [1e-6, 0.0, -3e-7],
        [1e6, 0.0, 5e5],
        [1e3, 0.0, -1e3, 500.0],
        [1e4 + 1.0, 1e4, 1e4 - 0.5],
        [-1e6, -1e6 - 2.0, -1e6 - 3.0, -1e6 - 3.0],
        _levels(1, 1e-3),
        _levels(1, 1.0),
        _levels(1, 1e3),
        _levels(2, 1e-6),
        _levels(3, 1e6),
    ],
)

NEAR_HOT, NEAR_COLD = rows(
    "near",
    [
        [1.0, 0.0, -0.3],
        [1.0, 0.0, -0.1],
        [0.0, -1.0] + [-1.1] * 20,
        [0.0, 0.0, 0.0, -1.0, -1.0] + [-1.2] * 12,
        [0.0, -1e-3, -1.0, -5.0],
        [1.0, 1.0 - 1e-6, 0.0, 0.0],
        [0.0, -1e-9, -1.0, -1.0],
        [1e3, 1e3 - 2.0**-10, 0.0, -1e3],
    ],
)

MANY_HOT, MANY_COLD = rows(
    "many",
    [
        [1.0] + [0.0] * 99,
        [0.0] * 99 + [-1.0],
        [2.0] * 40 + [1.0] * 10 + [0.0] * 50,
        [0.0] + [-1.0] * 500 + [-4.0] * 499,
        list(np.linspace(0.0, 5.0, 11)) + [9.0] * 3,
        [-np.inf] * 900 + [1.0, 0.0, -1.0, -1.0],
        _levels(11, 10.0, most=60, masks=50),
        _levels(12, 0.1, most=60, masks=5),
    ],
)

RANDOM_HOT, RANDOM_COLD = rows("random", [_levels(100 + n, 10.0 ** (n % 7 - 3), masks=n % 3) for n in range(10)])

MORE_REFUSED = probes(
    "more_refused",
    [
        call("rates", row)
        for row in (
            [0.0, 0.0, 0.0, -np.inf],
            [-np.inf, 5.0, -np.inf],
            [1e6] * 4,
            [np.nan],
            [np.nan, np.inf, 0.0],
            [-np.inf],
            [[1.0, 0.0], [0.0, 1.0]],
        )
    ],
)


@check(points=0.6, on=SCALES_HOT, about="z", needs=["five_numbers"], finds=["hot_range_fixed", "rounded"])
def hot_at_every_scale(subject, reference):
    """The hot law is measured at every scale."""
    measure(subject, reference, SCALES_HOT, HOT)


@check(points=0.6, on=SCALES_COLD, about="z", needs=["five_numbers"], finds=["cold_range_fixed"])
def cold_at_every_scale(subject, reference):
    """The cold law is measured at every scale."""
    measure(subject, reference, SCALES_COLD, COLD)


@check(points=0.8, on=NEAR_COLD, about="z", needs=["five_numbers"], finds=["cold_range_too_near"])
def cold_with_levels_that_lie_close(subject, reference):
    """The cold law is measured where levels lie close together."""
    measure(subject, reference, NEAR_COLD, COLD[:2])


@check(points=0.1, on=NEAR_HOT, about="z", needs=["five_numbers"], finds=["hot_range_fixed"])
def hot_with_near_ties(subject, reference):
    """Near ties leave the hot law as it is."""
    measure(subject, reference, NEAR_HOT, HOT)


@check(points=0.4, on=NEAR_COLD, about="z", needs=["five_numbers"], finds=["near_ties_merged"])
def gap_of_near_ties(subject, reference):
    """Near ties are no ties."""
    measure(subject, reference, NEAR_COLD, ["gap"])


@check(points=0.4, on=MANY_HOT, about="z", needs=["five_numbers"], finds=["one_side_only"])
def hot_with_many_tokens(subject, reference):
    """The hot law is measured for many tokens."""
    measure(subject, reference, MANY_HOT, HOT)


@check(points=0.4, on=MANY_COLD, about="z", needs=["five_numbers"], finds=["all_others_counted", "maxima_not_counted"])
def cold_with_many_tokens(subject, reference):
    """The cold law is measured for many tokens."""
    measure(subject, reference, MANY_COLD, COLD)


@check(points=0.3, on=RANDOM_HOT, about="z", needs=["five_numbers"], finds=["share_of_uniform"])
def hot_for_random_rows(subject, reference):
    """The hot law is measured for random rows."""
    measure(subject, reference, RANDOM_HOT, HOT)


@check(points=0.4, on=RANDOM_COLD, about="z", needs=["five_numbers"], finds=["all_others_counted"])
def cold_for_random_rows(subject, reference):
    """The cold law is measured for random rows."""
    measure(subject, reference, RANDOM_COLD, COLD)


@check(points=0.2, on=MORE_REFUSED, finds=["bad_input_accepted"])
def more_refused(subject):
    """Everything without an answer is refused."""
    expect(subject).refuses(ValueError, on=MORE_REFUSED)
