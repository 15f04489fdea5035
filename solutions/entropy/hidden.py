"""What only the graded run asks: more distributions, tiny and many probabilities, and laws of the entropy."""

from __future__ import annotations

import numpy as np
from scipy import special

from grader import array, call, check, draws, expect, probes

from .public import CERTAIN, ORDINARY, exactly, nats, of, value_and_sign


def _rows(seed, *shape, sharp=1.0):
    """Return random rows of the last axis; a larger ``sharp`` makes them less even."""
    weight = draws(seed).gamma(1.0 / sharp, 1.0, shape) + 1e-6
    return weight / weight.sum(axis=-1, keepdims=True)


MORE = probes(
    "more",
    [
        of(array([0.6, 0.4])),
        of(array([0.999, 0.001])),
        *[of(_rows(seed, count)) for seed, count in ((1, 3), (2, 5), (3, 8), (4, 20), (5, 50))],
        of(_rows(6, 12, sharp=5.0)),
        of(np.full(7, 1 / 7)),
        of(array([0.5, 0.5 + 5e-10])),
        of(array([0.25, 0.75 - 5e-10])),
    ],
    tolerance=nats,
)

MORE_ZEROS = probes(
    "more_zeros",
    [
        of(array([0.0, 0.6, 0.4])),
        of(array([0.0] * 9 + [0.25] * 4)),
        of(array([0.0, -0.0, 0.125, 0.875])),
        of(array([[0.5, 0.0, 0.5], [0.0, 0.3, 0.7]])),
    ],
    tolerance=nats,
)

MORE_CERTAIN = probes(
    "more_certain",
    [
        of(array([0.0, 0.0, 1.0])),
        of(array([[1.0, 0.0], [0.0, 1.0]])),
        of(array([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]]), axis=-1),
        of(array([1.0] + [0.0] * 99)),
    ],
    tolerance=exactly,
    observe=value_and_sign,
)

TINY = probes(
    "tiny",
    [
        of(array([0.5, 0.5 - 1e-6, 1e-6])),
        of(array([1.0 - 1e-9, 1e-9])),
        of(array([1.0 - 1e-11, 1e-11])),
        of(array([1.0, 5e-13])),
        of(array([1.0, 1e-300])),
        of(array([1.0, 5e-324, 2.5e-320])),
        of(array([0.5, 5e-324, 0.5])),
    ],
    tolerance=nats,
)

MANY = probes(
    "many",
    [
        of(np.full(1000, 0.001)),
        of(_rows(7, 2000)),
        call("entropy", np.full(10_000, 1e-4), shown="np.full(10_000, 1e-4)"),
    ],
    tolerance=nats,
)

BATCHES = probes(
    "batches",
    [
        of(_rows(11, 1, 4)),
        of(_rows(12, 4, 1)),
        of(_rows(13, 2, 3)),
        of(_rows(14, 4, 4)),
        of(_rows(15, 2, 3, 4)),
        of(_rows(16, 3, 3, 3)),
        of(array([[1.0, 0.0, 0.0], [0.0, 0.5, 0.5], [0.2, 0.3, 0.5]])),
    ],
    tolerance=nats,
)

MORE_AXES = probes(
    "more_axes",
    [
        of(np.moveaxis(_rows(21, 4, 3), -1, 0).copy(), axis=0),
        of(np.moveaxis(_rows(22, 2, 4, 3), -1, 0).copy(), axis=0),
        of(np.moveaxis(_rows(23, 2, 4, 3), -1, 1).copy(), axis=1),
        of(np.moveaxis(_rows(24, 2, 4, 3), -1, 1).copy(), axis=-2),
        of(_rows(25, 3, 5), axis=1),
    ],
    tolerance=nats,
)

MORE_KINDS = probes(
    "more_kinds",
    [
        of([0.2, 0.3, 0.5]),
        of([[1, 0, 0], [0, 0, 1]]),
        of(((0.5, 0.5), (0.25, 0.75))),
        of(array([0, 1, 0], dtype="int64")),
        of(array([1, 0], dtype="uint8")),
        of(array([[0.5, 0.5], [0.125, 0.875]], dtype="float32")),
        of(array([0.25, 0.75], dtype="float16")),
        of(array([[0.5, 0.0, 0.5], [0.2, 0.3, 0.5]], kind="readonly")),
        of(array([[0.5, 0.25, 0.25], [0.2, 0.3, 0.5]], kind="strided")),
        of(array([[0.5, 0.2], [0.5, 0.8]], kind="fortran"), axis=0),
    ],
    tolerance=nats,
)

MORE_KEPT = probes(
    "more_kept",
    [
        of(array([0.25, 0.25, 0.5])),
        of(array([[1.0, 0.0], [0.5, 0.5]])),
        of(array([[0.0, 1.0], [1.0, 0.0]]), axis=0),
        of([[1, 0], [0, 1]]),
    ],
    tolerance=nats,
    observes_arguments=True,
)

MORE_SUMS = probes(
    "more_refused_sums",
    [
        of(np.sqrt(special.softmax([2.0, 1.0, 0.1]))),
        of(special.softmax([2.0, 1.0, 0.1]) / 2),
        of(array([0.5, 0.5 + 3e-9])),
        of(array([0.5, 0.5 - 1e-7])),
        of(array([0.0, 0.0])),
        of(array([])),
        of(array([np.inf, 0.0])),
        of(array([[0.25, 0.25], [0.25, 0.25]])),
        of(array([[0.5, 0.5], [0.5, 0.5], [0.5, 0.6]])),
        of(array([[0.5, 0.25], [0.25, 1.0]])),
        of(array([[0.5, 0.25, 0.25], [0.25, 0.5, 0.25]]), axis=0),
    ],
    tolerance=nats,
)

MORE_ENTRIES = probes(
    "more_refused_entries",
    [
        of(array([-1.0, 2.0])),
        of(array([1.0 + 1e-6, -1e-6])),
        of(array([np.nan])),
        of(array([0.5, np.nan, 0.5])),
        of(array([[0.5, 0.5], [0.5, 0.5], [-0.5, 1.5]])),
        of(array([[0.5, np.nan], [0.5, 1.0]]), axis=0),
    ],
    tolerance=nats,
)


@check(points=0.5, on=MORE, about="p", finds=["epsilon_in_the_log", "sum_tested_exactly"])
def more_values(subject, reference):
    """Other distributions, even and uneven."""
    expect(subject).agrees(reference, on=MORE)


@check(points=0.25, on=MORE_ZEROS, about="p", finds=["zero_times_log", "zeros_refused"])
def more_zeros(subject, reference):
    """Zeros anywhere, in any number."""
    expect(subject).agrees(reference, on=MORE_ZEROS)


@check(points=0.25, on=MORE_CERTAIN, about="p", finds=["negative_zero"])
def more_certain(subject, reference):
    """Certain outcomes in batches have entropy 0.0, too."""
    for probe in MORE_CERTAIN:
        got = subject(probe)
        expect(got).close(reference(probe), within=0.0)
        expect(got).that(not np.signbit(np.asarray(got, dtype=np.float64)).any())


@check(points=0.25, on=TINY, about="p", finds=["small_values_dropped"])
def tiny_probabilities(subject, reference):
    """Tiny probabilities count for what they are."""
    expect(subject).agrees(reference, on=TINY)


@check(points=0.5, on=MANY, about="p", finds=["epsilon_in_the_log", "low_precision", "small_values_dropped"])
def many_outcomes(subject, reference):
    """Thousands of equal outcomes have entropy log(V)."""
    expect(subject).agrees(reference, on=MANY)


@check(points=0.25, on=BATCHES, about="axis", finds=["columns_summed", "one_number_for_all_rows"])
def batches(subject, reference):
    """Batches of any shape."""
    expect(subject).agrees(reference, on=BATCHES)


@check(points=0.25, on=MORE_AXES, about="axis", finds=["axis_ignored"])
def all_axes(subject, reference):
    """Every axis of arrays with two and three dimensions."""
    expect(subject).agrees(reference, on=MORE_AXES)


@check(points=0.25, on=MORE_KINDS, about="p", finds=["input_changed", "list_not_converted"])
def more_kinds(subject, reference):
    """More kinds of input, always answered in float64."""
    expect(subject).agrees(reference, on=MORE_KINDS)


@check(
    points=0.25,
    on=MORE_SUMS,
    about="p",
    finds=["normalised_silently", "sum_not_tested", "sum_tested_loosely", "whole_sum_tested"],
)
def more_refused_sums(subject):
    """Every row with another sum is refused, also one among many."""
    expect(subject).refuses(ValueError, on=MORE_SUMS, but=ORDINARY.probes[0])


@check(points=0.25, on=MORE_ENTRIES, about="p", finds=["nan_accepted", "negative_accepted"])
def more_refused_entries(subject):
    """Every row with a negative entry or nan is refused."""
    expect(subject).refuses(ValueError, on=MORE_ENTRIES, but=CERTAIN.probes[0])


@check(points=0.25)
def independent_outcomes(subject):
    """The entropies of independent outcomes add up."""
    one, other = np.array([0.6, 0.3, 0.1]), np.array([0.25, 0.5, 0.0, 0.25])
    joint = np.outer(one, other).ravel()  # (12,)
    apart = special.entr(one).sum() + special.entr(other).sum()
    expect(subject.entropy(joint)).close(float(apart), within=1e-12, saying={"expected": float(apart)})
