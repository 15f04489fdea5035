"""What only the graded run asks: the golden table, more offsets, masks and scales, against a truth of 40 digits."""

from __future__ import annotations

import decimal
import functools
from decimal import Decimal

import numpy as np

from grader import array, call, check, draws, expect, probes

from .public import GOLDEN, ORDINARY, agree, bounds, hold, prove_rising, slope_of, slopes

DIGITS = decimal.Context(prec=40, Emin=-999_999, Emax=999_999)


def slope(z, tau):
    """Return the true derivative in 40 decimal digits: half the mean squared difference of two tokens, over tau**3.

    So no mean is subtracted, and nothing can cancel. Weights are taken once for each logit that differs.
    """
    with decimal.localcontext(DIGITS):
        levels, counts = np.unique(z[z > -np.inf], return_counts=True)
        x = [(Decimal(float(level)) - Decimal(float(levels[-1]))) / Decimal(float(tau)) for level in levels]
        weight = [int(count) * exponent.exp() for exponent, count in zip(x, counts, strict=True)]
        spread = sum(
            weight[i] * weight[j] * (x[i] - x[j]) ** 2 for i in range(len(x)) for j in range(i)
        )  # twice each pair, halved
        return +(spread / sum(weight) ** 2 / Decimal(float(tau)))


@functools.cache
def truth(group):
    """Return the true slopes of a group, worked out once per run."""
    return [slope(np.asarray(z, np.float64), tau) for z, tau in (probe.call.arguments()[0] for probe in group)]


def _row(seed, count, scale=1.5):
    """Return random logits with three digits, so that a case can be read."""
    return [float(f"{logit:.3g}") for logit in draws(seed).normal(0.0, scale, count)]


def _many(count):
    """Return a long row with few levels: its truth costs little."""
    return [0.5 * (i * i % 7) for i in range(count)]


MORE, _ = slopes(
    "more",
    [
        ([0.0, -3.0], 1.5),
        ([0.3, 0.2], 0.2),
        (_row(1, 3), 1.0),
        (_row(2, 6), 0.6),
        (_row(3, 6), 1.7),
        (_row(4, 12), 1.0),
        (_row(5, 12), 5.0),
        (_row(6, 20, 4.0), 2.5),
        ([4.0, 3.0, 2.0, 1.0, 0.0, -2.0], 2.0),
        (_many(300), 0.8),
        ([0.0, -1.0] + [-30.0] * 50, 6.0),
    ],
)

MORE_TIED, _ = slopes(
    "more_tied",
    [
        ([0.0, 0.0, 0.0], 0.3),
        ([-7.0], 4.0),
        ([1.0, 1.0, 1.0, 0.0, 0.0], 0.6),
        ([-np.inf, 0.7, 0.7], 2.0),
        ([-np.inf, 3.0, -np.inf, 1.5, 2.5], 0.9),
        ([0.0] + [-np.inf] * 20, 1.0),
        ([1e6, 1e6, 1e6], 1.0),
        ([2.0, 2.0 - 1e-7, -np.inf], 1.0),
    ],
)

MORE_HOT, _ = slopes(
    "more_hot",
    [
        ([0.0, -2.0], 50.0),
        (GOLDEN, 200.0),
        (_row(7, 8), 400.0),
        ([1.0, -np.inf, 0.0, 0.0], 700.0),
        (_many(100), 1000.0),
    ],
)

MORE_OFFSET, _ = slopes(
    "more_offset",
    [
        ([800.0, 799.0, 797.5], 1.0),
        ([-2000.0, -2001.0], 0.8),
        ([1e6 + logit for logit in (0.5, 0.25, -1.0)], 1.0),
        ([1e6 + logit for logit in (2.0, 1.0, 0.0, -4.0)], 2.0),
        ([-1e6 + logit for logit in (2.0, 1.0, 0.0, -4.0)], 0.7),
        ([1e6, -np.inf, 1e6 - 2, 1e6 - 2], 1.0),
        ([3e7, 3e7 + 4, 3e7 + 1], 10.0),
        ([1e6 + logit for logit in (50.0, 0.0, -200.0)], 100.0),
    ],
)

MORE_COLD, _ = slopes(
    "more_cold",
    [
        ([0.0, -1.5], 0.05),
        ([0.5, 0.5, -1.0], 0.05),
        ([1.0, 0.9, 0.8, -5.0], 0.05),
        (_row(8, 10), 0.05),
        ([0.0, -2.0, -np.inf], 0.06),
        ([0.0, -20.0], 0.05),
        ([2.0, 1.0, -1e4], 0.05),
    ],
)

MORE_BOUNDED, _ = bounds(
    "more_bounded",
    [
        ([0.0, -3.0], 1.5),
        (_row(2, 6), 0.6),
        (_row(5, 12), 5.0),
        ([1.0, 1.0, 1.0, 0.0, 0.0], 0.6),
        ([-np.inf, 2.0], 3.0),
        ([-np.inf, 3.0, -np.inf, 1.5, 2.5], 0.9),
        (_many(300), 0.8),
        ([0.3, 0.2, 0.0], 0.05),
        ([0.0, -1.5], 0.05),
        ([1e6, 1e6 + 1, 1e6 + 2], 1.0),
        (_row(6, 20, 4.0), 2.5),
        (_row(7, 8), 400.0),
        (GOLDEN, 1000.0),
        ([5.0] + [0.0] * 148, 0.9),  # one token against many: here the entropy bends most
    ],
)

MORE_SCALED, _ = bounds(
    "more_scaled",
    [
        ([3e-5, 0.0, 1e-5], 2e-5),
        ([logit * 1e-7 for logit in GOLDEN], 1e-7),
        ([4e-11, 1e-11, 0.0], 1e-11),
        ([logit * 1e-13 for logit in GOLDEN], 2e-13),
        ([logit * 1e5 for logit in GOLDEN], 1e5),
    ],
)

MORE_RISING, _ = bounds(
    "more_rising",
    [
        ([0.0, -2.0], 150.0),
        ([1.0, 0.5, -np.inf, 0.0], 120.0),
        (_row(9, 6), 250.0),
        ([6.0, 0.0, -2.0, 3.0], 900.0),
    ],
)

KEPT = probes(
    "kept",
    [
        call("entropy_slope", array([3.0, 1.0]), 1.0),
        call("entropy_slope", array([3.0, -np.inf, 1.0]), 0.5),
        call("entropy_slope", [2, 0, 1], 2.0),
    ],
    observes_arguments=True,
    observe=slope_of,
)

MORE_REFUSED = probes(
    "more_refused",
    [
        call("entropy_slope", array([1.0, 0.0]), -0.5),
        call("entropy_slope", array([1.0, 0.0]), 0),
        call("entropy_slope", array([1.0, 0.0]), np.inf),
        call("entropy_slope", array([2.0, 2.0]), np.nan),
        call("entropy_slope", array([2.0, 2.0]), -1.0),
        call("entropy_slope", array([np.nan, 0.0]), 1.0),
        call("entropy_slope", array([np.inf, np.inf]), 1.0),
        call("entropy_slope", array([-np.inf]), 1.0),
        call("entropy_slope", [], 1.0),
        call("entropy_slope", array([[1.0, 0.0], [0.0, 1.0]]), 1.0),
    ],
    observe=slope_of,
)


@check(
    points=0.5,
    on=MORE,
    about="tau",
    finds=["difference_returned", "order_swapped", "sample_variance", "weights_not_tempered"],
)
def more_values(subject):
    """Slopes for other rows and temperatures."""
    agree(subject, MORE, truth(MORE), finds=more_values.finds)


@check(points=0.3, on=MORE_TIED, about="z", needs=["values"], finds=["mask_becomes_nan"])
def more_ties_and_masks(subject):
    """More ties and masks."""
    agree(subject, MORE_TIED, truth(MORE_TIED), finds=more_ties_and_masks.finds)


@check(points=0.3, on=MORE_HOT, about="tau", needs=["values"], finds=["difference_returned"])
def more_hot(subject):
    """More slopes at temperatures up to 1000."""
    agree(subject, MORE_HOT, truth(MORE_HOT), finds=more_hot.finds)


@check(points=0.4, on=MORE_OFFSET, about="z", needs=["hot"], finds=["raw_moments", "shift_missing"])
def more_offset(subject):
    """More rows far from 0."""
    agree(subject, MORE_OFFSET, truth(MORE_OFFSET), finds=more_offset.finds)


@check(points=0.3, on=MORE_COLD, about="tau", needs=["offset"], finds=["weights_clipped"])
def more_cold(subject):
    """More slopes where one token takes nearly all."""
    agree(subject, MORE_COLD, truth(MORE_COLD), finds=more_cold.finds)


@check(points=0.5, on=MORE_BOUNDED, about="tau", needs=["bounds_hold"], finds=["constant_bound"])
def more_bounds_hold(subject):
    """More bounds hold, and are small."""
    hold(subject, MORE_BOUNDED, truth(MORE_BOUNDED), finds=more_bounds_hold.finds)


@check(points=0.3, on=MORE_SCALED, about="tau", needs=["bounds_hold"], finds=["constant_bound", "step_not_scaled"])
def more_bounds_hold_at_every_scale(subject):
    """More bounds for logits of other scales."""
    hold(subject, MORE_SCALED, truth(MORE_SCALED), finds=more_bounds_hold_at_every_scale.finds)


@check(points=0.2, on=MORE_RISING, about="tau", needs=["bounds_hold"], finds=["constant_bound"])
def more_rising(subject):
    """More bounds that prove that entropy rises."""
    prove_rising(subject, MORE_RISING, finds=more_rising.finds)


@check(points=0.1, on=MORE_REFUSED, finds=["bad_input_accepted"])
def more_refused(subject):
    """Everything without an answer is refused."""
    expect(subject).refuses(ValueError, on=MORE_REFUSED, but=ORDINARY.probes[0])
