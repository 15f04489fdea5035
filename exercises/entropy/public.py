"""What a student can run: small distributions of every kind, simplest first.

The first group that fails says what is missing: the formula, the zeros, the sign of 0, the axis, the kind of input
or a refusal.
"""

from __future__ import annotations

import numpy as np

from grader import array, call, check, expect, probes

EPS = np.finfo(np.float64).eps


def nats(asked, expected):
    """Allow 1e-12, and what a plain loop over many outcomes may lose.

    Each term p log p is at most 1/e and carries a few roundings of 1.1e-16: 1e-12 is a thousand times that. Adding V
    terms one after the other rounds a sum of at most log V each time, by EPS/2 of it: V EPS log V covers it twice.
    """
    positional, named = asked.arguments()
    p = np.asarray(positional[0], dtype=np.float64)
    count = max(2, p.shape[named.get("axis", -1)] if p.ndim else 1)
    return np.full(np.shape(expected), 1e-12 + EPS * count * np.log(count))


def exactly(_asked, expected):
    """Allow nothing: log 1 is 0 and so is every term of a certain outcome, without any rounding."""
    return np.zeros(np.shape(expected))


def value_and_sign(_asked, value):
    """Observe the sign of a zero as well, which no comparison of numbers can see."""
    value = np.asarray(value)  # of any type: copysign refuses complex numbers, which have no sign
    return np.stack([value, np.where(value == 0, np.copysign(1.0, value), 1.0)])


def of(p, **more):
    """Declare one call."""
    return call("entropy", p, **more)


ORDINARY = probes(
    "ordinary",
    [
        of(array([0.5, 0.5])),
        of(array([0.25, 0.75])),
        of(array([0.9, 0.1])),
        of(array([0.25, 0.25, 0.5])),
        of(array([0.7, 0.2, 0.1])),
        of(array([0.25, 0.25, 0.25, 0.25])),
        of(array([0.7, 0.2, 0.05, 0.05])),
        of(array([0.1] * 10)),
    ],
    tolerance=nats,
)

ZEROS = probes(
    "zeros",
    [
        of(array([0.5, 0.5])),
        of(array([0.5, 0.5, 0.0])),
        of(array([0.0, 0.25, 0.75])),
        of(array([0.2, 0.0, 0.3, 0.0, 0.5])),
    ],
    tolerance=nats,
)

CERTAIN = probes(
    "certain",
    [of(array([1.0])), of(array([1.0, 0.0])), of(array([0.0, 1.0, 0.0])), of(array([0.0, 0.0, 0.0, 1.0]))],
    tolerance=exactly,
    observe=value_and_sign,
)

BATCH = probes(
    "batch",
    [
        of(array([[0.5, 0.5]])),
        of(array([[0.5, 0.5], [0.25, 0.75]])),
        of(array([[0.5, 0.5, 0.0], [0.2, 0.3, 0.5]])),
        of(array([[0.5, 0.25, 0.25], [0.1, 0.8, 0.1], [0.25, 0.25, 0.5]])),
        of(array([[[0.5, 0.5], [0.9, 0.1]], [[0.25, 0.75], [0.4, 0.6]]])),
    ],
    tolerance=nats,
)

AXES = probes(
    "axes",
    [
        of(array([0.25, 0.75]), axis=0),
        of(array([[0.5, 0.25], [0.5, 0.75]]), axis=0),
        of(array([[0.5, 0.2], [0.5, 0.3], [0.0, 0.5]]), axis=0),
        of(array([[0.5, 0.5, 0.0], [0.2, 0.3, 0.5]]), axis=1),
        of(array([[0.5, 0.2], [0.5, 0.3], [0.0, 0.5]]), axis=-2),
    ],
    tolerance=nats,
)

KINDS = probes(
    "kinds",
    [
        of([0.5, 0.5]),
        of((0.25, 0.75)),
        of([[0.5, 0.5], [0.25, 0.75]]),
        of([1, 0]),
        of(array([0.25, 0.5, 0.25], dtype="float32")),
        of(array([0.2, 0.3, 0.5], kind="readonly")),
        of(array([0.5, 0.0, 0.5], kind="readonly")),
        of(array([[0.2, 0.8], [0.5, 0.5]], kind="fortran")),
    ],
    tolerance=nats,
)

KEPT = probes(
    "kept",
    [of(array([0.5, 0.5])), of(array([0.5, 0.0, 0.5])), of(array([[0.0, 1.0], [0.25, 0.75]]))],
    tolerance=nats,
    observes_arguments=True,
)

REFUSED_SUMS = probes(
    "refused_sums",
    [
        of(array([0.5, 0.4])),
        of(array([0.5, 0.75])),
        of(array([2.0, 2.0])),
        of(array([0.5, 0.500001])),
        of(array([[0.5, 0.5], [0.5, 0.25]])),
    ],
    tolerance=nats,
)

REFUSED_ENTRIES = probes(
    "refused_entries",
    [
        of(array([1.5, -0.5])),
        of(array([0.5, np.nan])),
        of(array([[0.5, 0.5], [1.25, -0.25]])),
        of(array([[np.nan, 1.0], [0.5, 0.5]])),
    ],
    tolerance=nats,
)


@check(
    points=0.5,
    on=ORDINARY,
    about="p",
    finds=[
        "complements_added",
        "divided_by_maximum",
        "epsilon_in_the_log",
        "gini_returned",
        "low_precision",
        "mean_of_terms",
        "other_base",
        "perplexity_returned",
        "rounded",
        "sign_flipped",
        "softmax_applied",
        "sum_tested_exactly",
    ],
)
def values(subject, reference):
    """The entropy is the mean surprise, in nats."""
    expect(subject).agrees(reference, on=ORDINARY, saying=_bounds)


@check(points=0.25, on=ZEROS, about="p", finds=["probabilities_clipped", "zero_times_log", "zeros_refused"])
def impossible_outcomes(subject, reference):
    """An outcome of probability 0 adds nothing."""
    expect(subject).agrees(reference, on=ZEROS, saying=_bounds)


@check(points=0.25, on=CERTAIN, about="p", finds=["epsilon_in_the_log", "negative_zero", "probabilities_clipped"])
def certain_outcome(subject, reference):
    """A certain outcome has entropy 0.0, without a minus sign."""
    for probe in CERTAIN:
        got = subject(probe)
        expect(got).close(reference(probe), within=0.0)
        expect(got).that(not np.signbit(np.asarray(got, dtype=np.float64)).any())


@check(points=0.25, on=BATCH, about="axis", finds=["columns_summed", "dimension_kept", "one_number_for_all_rows"])
def batch(subject, reference):
    """Each row of a batch has its own entropy."""
    expect(subject).agrees(reference, on=BATCH)


@check(points=0.25, on=AXES, about="axis", finds=["axis_ignored"])
def other_axes(subject, reference):
    """The outcomes may stand on any axis."""
    expect(subject).agrees(reference, on=AXES)


@check(points=0.25, on=KINDS, about="p", finds=["list_not_converted"])
def kinds_of_input(subject, reference):
    """Lists, integers and float32 work as well."""
    expect(subject).agrees(reference, on=KINDS)


@check(points=0.25, on=KEPT, about="p", finds=["input_changed"])
def arguments_kept(subject):
    """The caller's probabilities are left as they were."""
    expect(subject).leaves_arguments(on=KEPT)


@check(
    points=0.25,
    on=REFUSED_SUMS,
    about="p",
    finds=[
        "normalised_silently",
        "one_bad_row_accepted",
        "other_exception",
        "refused_without_raising",
        "sum_not_tested",
        "sum_tested_loosely",
    ],
)
def refused_sums(subject):
    """A row that does not sum to 1 is refused."""
    expect(subject).refuses(ValueError, on=REFUSED_SUMS, but=ORDINARY.probes[0])


@check(points=0.25, on=REFUSED_ENTRIES, about="p", finds=["nan_accepted", "negative_accepted", "one_bad_row_accepted"])
def refused_entries(subject):
    """A negative entry and nan are refused."""
    expect(subject).refuses(ValueError, on=REFUSED_ENTRIES, but=ORDINARY.probes[0])


def _bounds(probe, want, got):
    """Say between which numbers an entropy lies, and what came out."""
    positional, _named = probe.call.arguments()
    return {"top": float(np.log(len(positional[0]))), "expected": float(want), "got": float(got)}
