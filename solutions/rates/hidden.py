"""What only the graded run asks: scales from 1e-6 to 1e6, levels that lie close together, many tokens, random rows."""

from __future__ import annotations

import numpy as np

from grader import call, check, draws, expect, probes

from .public import COLD, HOT, NUMBERS, measure, rows


def _levels(seed, scale=1.0, most=4, masks=0):
    """Return a shuffled row of levels with several tokens each; the second gap is at least 1.2 times the first."""
    drawn = draws(seed)
    steps = [0.0, drawn.uniform(0.5, 1.5), *drawn.uniform(0.3, 2.0, drawn.integers(1, 6))]
    levels = np.repeat(-np.cumsum(steps) * scale, drawn.integers(1, most + 1, len(steps)))
    row = [float(f"{logit:.5g}") for logit in levels + 3 * scale] + [-np.inf] * masks
    return [row[place] for place in drawn.permutation(len(row))]


SCALES = rows(
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

NEAR = rows(
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

MANY = rows(
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

RANDOM = rows("random", [_levels(100 + n, 10.0 ** (n % 7 - 3), masks=n % 3) for n in range(10)])

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


@check(points=0.6, on=SCALES, about="z", needs=["five_numbers"], finds=["hot_range_fixed", "rounded"])
def hot_at_every_scale(subject, reference):
    """The hot law is measured at every scale."""
    measure(subject, reference, SCALES, HOT)


@check(points=0.6, on=SCALES, about="z", needs=["five_numbers"], finds=["cold_range_fixed"])
def cold_at_every_scale(subject, reference):
    """The cold law is measured at every scale."""
    measure(subject, reference, SCALES, COLD)


@check(points=0.8, on=NEAR, about="z", needs=["five_numbers"], finds=["cold_range_too_near"])
def cold_with_levels_that_lie_close(subject, reference):
    """The cold law is measured where levels lie close together."""
    measure(subject, reference, NEAR, COLD)


@check(points=0.4, on=NEAR, about="z", needs=["five_numbers"], finds=["near_ties_merged"])
def gap_of_near_ties(subject, reference):
    """Near ties are no ties."""
    measure(subject, reference, NEAR, ["gap", "hot_const"])


@check(points=0.4, on=MANY, about="z", needs=["five_numbers"], finds=["one_side_only"])
def hot_with_many_tokens(subject, reference):
    """The hot law is measured for many tokens."""
    measure(subject, reference, MANY, HOT)


@check(points=0.4, on=MANY, about="z", needs=["five_numbers"], finds=["all_others_counted", "maxima_not_counted"])
def cold_with_many_tokens(subject, reference):
    """The cold law is measured for many tokens."""
    measure(subject, reference, MANY, COLD)


@check(points=0.8, on=RANDOM, about="z", needs=["five_numbers"], finds=["share_of_uniform"])
def random_rows(subject, reference):
    """All five numbers are measured for random rows."""
    measure(subject, reference, RANDOM, NUMBERS)


@check(points=0.2, on=MORE_REFUSED, finds=["bad_input_accepted"])
def more_refused(subject):
    """Everything without an answer is refused."""
    expect(subject).refuses(ValueError, on=MORE_REFUSED)
