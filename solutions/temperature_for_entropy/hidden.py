"""What only the graded run asks: more rows, both ends, near ties, and logits of every scale that floats have."""

from __future__ import annotations

import numpy as np

from grader import array, call, check, draws, expect, probes

from .public import GOLDEN, LOG2, LOG3, LOG4, ORDINARY, asked_for, entropy_reached, reach


def _row(seed, count, scale=1.5):
    """Return random logits with three digits, so that a case can be read."""
    return [float(f"{logit:.3g}") for logit in draws(seed).normal(0.0, scale, count)]


def _share(count, share):
    """Return a share of the largest entropy of so many tokens, with six digits."""
    return float(f"{share * np.log(count):.6g}")


MORE = asked_for(
    "more",
    [
        ([0.0, -3.0], 0.4),
        ([0.3, 0.2], 0.69),
        (_row(1, 3), _share(3, 0.5)),
        (_row(2, 6), _share(6, 0.8)),
        (_row(3, 6), _share(6, 0.2)),
        (_row(4, 12), _share(12, 0.95)),
        (_row(5, 20, 6.0), _share(20, 0.4)),
        (_row(6, 200), _share(200, 0.7)),
        ([0.0, -1.0] + [-30.0] * 50, 2.5),
        ([0.0] + [-1.0] * 300, 5.0),
    ],
)

MORE_ENDS = asked_for(
    "more_ends",
    [
        ([0.0, -3.0], 1e-6),
        ([0.0, -3.0], LOG2 - 1e-8),
        (_row(7, 6), 1e-8),
        (_row(8, 6), float(np.log(6)) - 1e-7),
        ([3.0, 3.0, 1.0], LOG2 + 1e-6),
        ([3.0, 3.0, 1.0], LOG3 - 1e-6),
        (GOLDEN, 1e-12),
        (GOLDEN, LOG4 - 1e-11),
        ([0.0] * 4 + [-1.0] * 60, LOG4 + 1e-8),
    ],
)

MORE_SCALED = asked_for(
    "more_scaled",
    [
        ([logit * 1e6 for logit in _row(9, 5)], _share(5, 0.6)),
        ([logit * 1e-6 for logit in _row(10, 5)], _share(5, 0.6)),
        ([logit * 1e6 for logit in GOLDEN], 1e-6),
        ([logit * 1e-6 for logit in GOLDEN], LOG4 - 1e-6),
        ([4e4, 1e4, -np.inf, 0.0], 0.3),
        ([4e-5, 4e-5, 1e-5], 1.0),
        ([1e6 + logit for logit in (4.0, 1.0, 0.0)], 0.8),
    ],
)

EXTREME = asked_for(
    "extreme",
    [
        ([1e-9, 0.0], 0.5),
        ([logit * 1e-12 for logit in GOLDEN], 1.0),
        ([logit * 1e12 for logit in GOLDEN], 1.0),
        ([1e-100, 0.0, 3e-100], 0.6),
        ([1e100, 0.0, 3e100], 0.6),
    ],
)

MORE_TIED = asked_for(
    "more_tied",
    [
        ([-np.inf, 0.7, 0.2], 0.3),
        ([1.0, 1.0, 1.0, 0.0, 0.0], 1.3),
        ([-7.0, -7.0, -7.5, -np.inf, -9.0], 0.8),
        ([0.0, -2.0] + [-np.inf] * 20, 0.6),
        ([0.0] * 20 + [-1.0], 3.0),
        ([2.0, -np.inf, 1.0, -np.inf, 1.0], 1e-4),
    ],
)

NEAR_TIES = asked_for(
    "near_ties",
    [
        ([1.0, 1.0 - 1e-5, 0.0], 0.5),
        ([1.0, 1.0 - 1e-7, 0.0], 0.3),
        ([1.0, 1.0 - 1e-9, 0.0], 0.9),
        ([1.0, 1.0 - 1e-9, 0.0], LOG2),
        ([0.0, -1e-3, -1e3], 0.75),
        ([0.0, -1e-6, -1e-3, -1.0], 0.6),
    ],
)

KEPT = probes(
    "kept",
    [
        call("temperature_for_entropy", array([3.0, 1.0]), 0.5),
        call("temperature_for_entropy", array([3.0, -np.inf, 1.0]), 0.25),
        call("temperature_for_entropy", [2, 0, 1], 1.0),
    ],
    observes_arguments=True,
    observe=entropy_reached,
)

MORE_NO_TARGET = asked_for(
    "more_no_target",
    [
        ([2.0, 0.0, 1.0], 0.0),
        ([2.0, 0.0], LOG2),
        ([2.0, 0.0, 1.0], np.inf),
        ([2.0, 0.0, 1.0], -np.inf),
        (GOLDEN, LOG4 + 1e-9),
        (GOLDEN, 100.0),
        (GOLDEN, -1e-9),
        ([1.0, 1.0, 1.0, 1.0, 0.0], LOG4),
        ([1.0, 1.0, 1.0, 1.0, 0.0], 1.0),
        ([2.0, 1.0, -np.inf, -np.inf], 1.0),
        ([2.0, 1.0, -np.inf, -np.inf], LOG2),
        ([2.0, 2.0, 2.0], 1.05),
        ([2.0, 2.0, -np.inf], LOG2),
        ([0.0, -np.inf], 0.3),
    ],
)

MORE_NO_ROW = asked_for(
    "more_no_row",
    [
        ([np.nan], 0.5),
        ([np.inf, np.inf], 0.5),
        ([np.nan, 1.0, 0.0], 0.5),
        ([-np.inf], 0.5),
        ([[1.0, 0.0], [0.0, 1.0]], 1.0),
    ],
)


@check(points=0.6, on=MORE, about="h", finds=["search_too_coarse"])
def reaches_more(subject):
    """Temperatures for other rows and entropies."""
    reach(subject, MORE, finds=reaches_more.finds)


@check(points=0.6, on=MORE_ENDS, about="h", needs=["reaches"], finds=["bracket_fixed"])
def reaches_nearer_the_ends(subject):
    """Entropies nearer to both ends."""
    reach(subject, MORE_ENDS, finds=reaches_nearer_the_ends.finds)


@check(
    points=0.3,
    on=MORE_SCALED,
    about="z",
    needs=["reaches"],
    finds=["bracket_fixed", "overflow", "tolerance_not_scaled"],
)
def reaches_at_more_scales(subject):
    """More rows of large and of small logits."""
    reach(subject, MORE_SCALED, finds=reaches_at_more_scales.finds)


@check(points=0.2, on=EXTREME, about="z", needs=["reaches"], finds=["bracket_fixed", "tolerance_not_scaled"])
def reaches_at_extreme_scales(subject):
    """Logits as large or small as 1e100 and 1e-100."""
    reach(subject, EXTREME, finds=reaches_at_extreme_scales.finds)


@check(points=0.4, on=MORE_TIED, about="z", needs=["reaches"], finds=["mask_becomes_nan"])
def reaches_with_more_ties(subject):
    """More ties and masks."""
    reach(subject, MORE_TIED, finds=reaches_with_more_ties.finds)


@check(points=0.3, on=NEAR_TIES, about="z", needs=["reaches"], finds=["bracket_fixed", "near_ties_merged"])
def reaches_with_near_ties(subject):
    """Logits that nearly tie have two scales in one row."""
    reach(subject, NEAR_TIES, finds=reaches_with_near_ties.finds)


@check(
    points=0.3,
    on=MORE_NO_TARGET,
    about="h",
    finds=["ends_accepted", "masks_counted", "target_not_tested", "ties_not_counted"],
)
def no_such_entropy_either(subject):
    """Every entropy that no temperature has is refused."""
    expect(subject).refuses(ValueError, on=MORE_NO_TARGET, but=ORDINARY.probes[0])


@check(points=0.2, on=MORE_NO_ROW, about="z", finds=["bad_row_accepted"])
def no_such_row_either(subject):
    """Everything that is no row of logits is refused."""
    expect(subject).refuses(ValueError, on=MORE_NO_ROW, but=ORDINARY.probes[0])
