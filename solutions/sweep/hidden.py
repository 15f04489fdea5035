"""What only the graded run asks: longer rows and grids, more ties and masks, both ends of the scale, more figures."""

from __future__ import annotations

import numpy as np

from grader import array, check, draws, expect, probes

from .public import FORM, curve_drawn, figures_of, hold_curve, hold_levels, levels_drawn, nats, series_of

INF = np.inf


def _row(seed, count, scale=1.0):
    """Return random logits with three digits, so that a case can be read."""
    return [float(f"{logit:.3g}") for logit in draws(seed).normal(0.0, scale, count)]


def _grid(low, high, count):
    """Return a geometric grid with three digits."""
    return [float(f"{tau:.3g}") for tau in np.geomspace(low, high, count)]


MORE = probes(
    "more",
    series_of(
        (array([-3.0, -1.0, -2.0]), array(_grid(0.2, 20, 7))),
        (array(_row(1, 8)), array(_grid(0.05, 50, 25))),
        (array(_row(2, 30, 4.0)), array(_grid(0.1, 1000, 12))),
        (array(_row(3, 12)), array([5.0, 0.5, 1.0])),
        (array([100.0, 101.5, 99.0, 100.5]), array([2.0, 0.7])),
    ),
    tolerance=nats,
)

MORE_TIED = probes(
    "more_tied",
    series_of(
        (array([0.0, 0.0, 0.0, 0.0]), array([1e-8, 1.0, 1e12])),
        (array([7.0]), array([0.1, 10.0])),
        (array([-INF, 5.0, -INF]), array([1e-3, 1.0])),
        (array([1.0, 1.0 - 1e-6, -INF, 1.0, 0.0]), array([1e-5, 1e-3, 1.0, 1e3])),
        (array([-INF, -INF, 2.0, 2.0, 0.5]), array([0.3, 3.0])),
    ),
    tolerance=nats,
)

MORE_EXTREME = probes(
    "more_extreme",
    series_of(
        (array([0.0, -1.0, -1.0, 3.0]), array([1e-8, 1e-5, 0.01, 1e12])),
        (array([5.0, 5.0, 0.0, 5.0]), array([1e-8, 1e-4, 0.1, 1e8, 1e12])),
        (array([1e4, 0.0, -1e4]), array([1.0, 1e3, 1e5, 1e12])),
        (array([-2000.0, -2001.0]), array([1e-3, 0.5, 1.0])),
        (array(_row(5, 6)), array(_grid(1e-8, 1e12, 11))),
        (array([0.0, -1e-3, -2e-3, -1.0]), array([2e-4, 1e-3])),
    ),
    tolerance=nats,
)

MORE_KINDS = probes(
    "more_kinds",
    series_of(
        ([2, 1, 0], [1, 2]),
        (array([0.0, 1.0, 0.5], kind="strided"), array([1.0, 2.0, 0.5, 4.0], kind="strided")),
    ),
    tolerance=nats,
)

MORE_REFUSED = probes(
    "more_refused",
    series_of(
        (array([2.0]), array([0.0])),
        (array([2.0, 2.0]), array([1.0, 2.0, -1e-9])),
        (array([2.0, 1.0]), array([0.5, np.nan, 2.0])),
        (array([np.nan]), array([1.0])),
        (array([INF, INF]), array([1.0])),
        (array([-INF]), array([1.0])),
        (array([[1.0, 0.0], [0.0, 1.0]]), array([1.0, 2.0])),
    ),
    tolerance=nats,
)

MORE_CURVES = probes(
    "more_curves",
    figures_of((array(_row(1, 8)), array(_grid(0.02, 200, 40))), ([1.0, 1.0, -INF, 0.0], [0.1, 1.0, 10.0])),
    tolerance=nats,
    observe=curve_drawn,
)

MORE_LEVELS = probes(
    "more_levels",
    figures_of((array([-INF, 4.0, 4.0, 4.0, 0.0, 2.0, -INF]), array(_grid(0.1, 100, 6)))),
    tolerance=nats,
    observe=levels_drawn,
)


@check(points=0.5, on=MORE, about="taus", needs=["three_series"], finds=["temperature_multiplied"])
def longer_grids(subject, reference):
    """Longer rows and grids, in any order."""
    expect(subject).agrees(reference, on=MORE)


@check(points=0.25, on=MORE_TIED, about="z", needs=["three_series"], finds=["zero_times_log"])
def more_ties_and_masks(subject, reference):
    """Rows of ties, of one token, of near ties and masks."""
    expect(subject).agrees(reference, on=MORE_TIED)


@check(
    points=0.5,
    on=MORE_EXTREME,
    about="taus",
    needs=["three_series"],
    finds=["overflow_in_exp", "tau_has_a_floor", "zero_times_log"],
)
def more_extreme_temperatures(subject, reference):
    """Grids from 1e-8 to 1e12, and large logits."""
    expect(subject).agrees(reference, on=MORE_EXTREME)


@check(points=0.1, on=MORE_KINDS, about="taus", needs=["three_series"], finds=["list_not_converted"])
def more_kinds(subject, reference):
    """More kinds of logits and temperatures."""
    expect(subject).agrees(reference, on=MORE_KINDS)


@check(points=0.15, on=MORE_REFUSED, about="taus", finds=["bad_input_accepted"])
def more_refused(subject):
    """Everything without an answer is refused, also one temperature among many."""
    expect(subject).refuses(ValueError, on=MORE_REFUSED, but=FORM.probes[0], otherwise="bad_input_accepted")


@check(points=0.5, on=MORE_CURVES, about="taus", needs=["on_the_axes"], finds=["other_series_plotted"])
def more_curves(subject, reference):
    """The curve is right for longer rows, and for lists."""
    for probe in MORE_CURVES:
        hold_curve(subject(probe), reference(probe), probe)


@check(points=0.25, on=MORE_LEVELS, about="z", needs=["on_the_axes"], finds=["levels_missing", "masked_tokens_counted"])
def more_levels(subject, reference):
    """The levels are right with three maxima and two masks."""
    hold_levels(subject, reference, MORE_LEVELS)
