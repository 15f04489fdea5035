"""What only the graded run asks: more inputs of every kind, laws on computed inputs, and the strict checks.

The strict checks are worth 2 of the 16 points: scipy, torch and jax lose some of them, because they divide by
tau before they subtract the maximum. Everything else such an answer passes.
"""

from __future__ import annotations

import numpy as np
from scipy import special

from grader import array, check, draws, expect, probes

from .public import EPS, ORDINARY, probability, softmax


def relative(_asked, expected):
    """Allow a relative error of 1e-12, and 2e-323 beside it.

    (z - max z) / tau carries two roundings, so an exponent x is off by at most eps |x|, and its weight by that
    share: 1.7e-13 at x = -745, the last that a float can show. exp, the sum and the quotient add some eps.
    2e-323 is four steps of the subnormal numbers, which are rounded to a step each time.
    """
    return np.where(expected == 0, 0.0, 1e-12 * np.abs(expected) + 2e-323)


def _logits(seed, *shape, scale=2.0):
    """Return random logits with two decimals, so that a case can be read."""
    return draws(seed).normal(0.0, scale, shape).round(2)


# --- more of the same -------------------------------------------------------------------------------------------

MORE = probes(
    "more",
    [
        softmax(array([5.0]), 2.0),
        *[softmax(_logits(count, count), tau) for count in (2, 3, 5, 8) for tau in (1.0, 2.0, 0.5, 1.5)],
        softmax(array([25.0, 0.0, 1.0]), 1.0),
        softmax(_logits(11, 20, scale=4.0), 0.7),
        softmax(_logits(12, 20, scale=4.0), 3.0),
        softmax(array([0.25, -3.0, 1.0]), 0.9),
        softmax(array([0.25, -3.0, 1.0]), 1.1),
        softmax(_logits(13, 50), 2.5),
    ],
    tolerance=probability,
)

FAR = probes(
    "far",
    [
        softmax(array([10000.0, 9999.0]), 1.0),
        softmax(array([-10000.0, -9999.0]), 1.0),
        softmax(array([10000.0, 9999.0, 9997.0]), 2.0),
        softmax(array([-10000.0, -9999.0, -9997.0]), 0.5),
        softmax(array([10000.0, -10000.0]), 1.5),
        softmax(array([10000.0, -10000.0, 0.0]), 3000.0),
        softmax(array([123456.0, 123455.0]), 1.0),
        softmax(array([0.0, -1e300, 1e300]), 1.0),
    ],
    tolerance=probability,
)

COLDER = probes(
    "colder",
    [
        softmax(array([1.0, 2.0, 3.0]), 0.05),
        softmax(array([0.5, 0.499, 0.0]), 5e-4),
        softmax(array([4.0, 3.0, 2.0, 1.0, 0.0, -2.0]), 1e-8),
        softmax(array([3e-8, 1e-8, 0.0, -1e-8]), 1e-8),
        softmax(array([0.0, -1e-12]), 1e-12),
        softmax(array([0.0, -2e-9, -1e-9]), 1e-9),
        softmax(array([0.0, -1e-100]), 1e-100),
        softmax(array([1e-300, 0.0, -1e-300]), 1e-300),
    ],
    tolerance=probability,
)

HOTTER = probes(
    "hotter",
    [
        softmax(array([1.0, 2.0, 3.0]), 20.0),
        softmax(array([0.0, -800.0]), 400.0),
        softmax(array([50.0, 0.0, -50.0]), 200.0),
        softmax(array([0.0, -1e12, -2e12]), 1e12),
        softmax(array([7.0, -3.0, 2.0, 0.0]), 1e12),
        softmax(array([1e100, 0.0]), 1e100),
        softmax(array([1e307, 0.0, -1e307]), 1e307),
    ],
    tolerance=probability,
)

MORE_TIES = probes(
    "more_ties",
    [
        softmax(array([0.25, 0.25]), 5e-4),
        softmax(array([-7.5, 2.0, 2.0, 2.0]), 5e-4),
        softmax(array([-1.0, -1.0, -2.0]), 1e-12),
        softmax(array([1e4, 1e4, 0.0]), 1e-8),
        softmax(array([6.0] * 7), 1e12),
        softmax(array([1.0, 1.0, 1.0, 0.0]), 0.25),
        softmax(array([1.0, 0.5, 1.0]), 1e-300),
    ],
    tolerance=probability,
)

BATCHES = probes(
    "batches",
    [
        softmax(_logits(14, 3, 5), 2.0),
        softmax(_logits(15, 3, 3), 0.5),
        softmax(_logits(16, 4, 1), 1.5),
        softmax(array([[2000.0, 1999.0, 0.0], [0.0, 1.0, 2.0], [-2000.0, -2001.0, -2002.0]]), 1.0),
        softmax(array([[0.0, 0.0, 0.0], [2000.0, 0.0, -2000.0]]), 1000.0),
        softmax(array([[0.0, 1e-8], [1.0, 0.0], [0.0, 0.0]]), 1e-8),
        softmax(_logits(17, 2, 3, 4), 0.5),
        softmax(_logits(18, 2, 1, 2, 3), 2.0),
    ],
    tolerance=probability,
)

MORE_AXES = probes(
    "more_axes",
    [
        softmax(_logits(19, 3, 3), 2.0, axis=0),
        softmax(_logits(20, 3, 5), 0.5, axis=0),
        softmax(_logits(21, 3, 5), 1.5, axis=1),
        *[softmax(_logits(22, 2, 3, 4), 2.0, axis=axis) for axis in (0, 1, 2, -2, -3)],
        softmax(array([[2000.0, 0.0], [1999.0, 1.0], [0.0, 0.0]]), 1.0, axis=0),
    ],
    tolerance=probability,
)

MORE_MASKS = probes(
    "more_masks",
    [
        softmax(array([-np.inf, 3.0]), 0.5),
        softmax(array([-np.inf, -np.inf, -2.0, -3.0]), 1.5),
        softmax(array([5.0, -np.inf, -np.inf, -np.inf]), 2.0),
        softmax(array([-1000.0, -np.inf, -1001.0]), 1.0),
        softmax(array([2.0, -np.inf, 2.0, 1.0]), 5e-4),
        softmax(array([1e4, 0.0, -np.inf]), 1e4),
        softmax(array([1.0, -np.inf, 2.0]), 1e12),
        softmax(array([1.0, -np.inf, 2.0]), 1e307),
        softmax(array([[0.0, 1.0, -np.inf], [-np.inf, 4.0, -np.inf], [2000.0, -np.inf, 0.0]]), 2.0),
        softmax(array([[0.0, -np.inf], [-np.inf, 1.0]]), 0.5, axis=0),
    ],
    tolerance=probability,
)

MORE_KINDS = probes(
    "more_kinds",
    [
        softmax([3, 1], 1),
        softmax([-np.inf, 0, 1], 2),
        softmax(((0, 1), (2, 0)), 0.5),
        softmax(array([[1, 2, 3], [3, 2, 1]], dtype="int32"), 1.5),
        softmax(array([1, 0, 2], dtype="uint8"), 0.5),
        softmax(array([-3, 100], dtype="int8"), 200.0),
        softmax(array([[0.1, 0.2], [0.3, 0.7]], dtype="float32"), 0.5),
        softmax(array([2.0, 1.0, -np.inf], dtype="float16"), 2.0),
        softmax(array([[2.0, 1.0], [0.0, 5.0]], kind="readonly"), 2.0),
        softmax(array([[2.0, 1.0, 0.0], [0.0, 1.0, 5.0]], kind="strided"), 0.5),
        softmax(array([[2.0, 1.0, 0.0], [0.0, 1.0, 5.0]], kind="fortran"), 2.0, axis=0),
    ],
    tolerance=probability,
)

MORE_KEPT = probes(
    "more_kept",
    [
        softmax(array([2.0, 1.0, 0.1]), 2.0),
        softmax(array([[2000.0, 0.0], [1.0, 0.0]]), 0.5, axis=0),
        softmax(array([0.0, -np.inf, 1.0]), 1.5),
        softmax([[3, 1], [0, 2]], 2),
        softmax(array([1.5, 2.5]), array([2.0])),
    ],
    tolerance=probability,
    observes_arguments=True,
)

REFUSED_TAUS = probes(
    "more_refused_taus",
    [
        softmax(array([3.0, 2.0, 1.0]), 0),
        softmax(array([3.0, 3.0, 1.0]), 0.0),
        softmax(array([3.0, 2.0, 1.0]), -0.5),
        softmax(array([3.0, 2.0, 1.0]), -2),
        softmax(array([3.0, 2.0, 1.0]), -np.inf),
        softmax(array([1.0]), np.nan),
        softmax(array([[0.0, 1.0], [1.0, 0.0]]), array([[3.0], [0.0]])),
        softmax(array([[0.0, 1.0], [1.0, 0.0]]), array([[-1.0], [2.0]])),
    ],
    tolerance=probability,
)

REFUSED_ROWS = probes(
    "more_refused_rows",
    [
        softmax([np.nan, 1.0, 2.0], 2.0),
        softmax(array([[0.0, 1.0], [np.nan, 0.0]]), 1.0),
        softmax(array([0.0, -np.inf, np.inf]), 2.0),
        softmax(array([[np.inf, np.inf], [0.0, 1.0]]), 1.0),
        softmax([], 0.5),
        softmax(np.zeros((2, 0)), 1.0),
        softmax([-np.inf], 1.0),
        softmax(array([[0.0, 1.0], [-np.inf, -np.inf]]), 2.0),
        softmax(array([[-np.inf, 1.0], [-np.inf, 0.0]]), 1.0, axis=0),
        softmax(np.array(3.0), 1.0),
    ],
    tolerance=probability,
)


@check(points=0.75, on=MORE, finds=["small_values_dropped"])
def more_logits(subject, reference):
    """Other logits at ordinary temperatures."""
    expect(subject).agrees(reference, on=MORE)


@check(points=0.5, on=FAR, about="z", finds=["overflow", "wrong_shift"])
def far_from_zero(subject, reference):
    """Logits far from 0, on both sides."""
    expect(subject).agrees(reference, on=FAR)


@check(points=0.5, on=COLDER, about="tau", finds=["tau_clamped"])
def colder(subject, reference):
    """Temperatures down to 1e-300."""
    expect(subject).agrees(reference, on=COLDER)


@check(points=0.5, on=HOTTER, about="tau", finds=["underflow_before_tau", "uniform_at_large_tau"])
def hotter(subject, reference):
    """Temperatures up to 1e307."""
    expect(subject).agrees(reference, on=HOTTER)


@check(points=0.5, on=MORE_TIES, about="z", finds=["ties_broken"])
def more_ties(subject, reference):
    """More equal logits, from tau = 1e-300 to 1e12."""
    expect(subject).agrees(reference, on=MORE_TIES)


@check(points=0.75, on=BATCHES, about="axis", finds=["keepdims_missing", "peak_of_whole_batch"])
def batches(subject, reference):
    """Batches of any shape, with rows of any size."""
    expect(subject).agrees(reference, on=BATCHES)


@check(points=0.5, on=MORE_AXES, about="axis", finds=["axis_ignored"])
def all_axes(subject, reference):
    """Every axis of arrays with two and three dimensions."""
    expect(subject).agrees(reference, on=MORE_AXES)


@check(points=0.75, on=MORE_MASKS, about="z", finds=["mask_replaced_by_number"])
def more_masks(subject, reference):
    """Masks at every temperature, in every row."""
    expect(subject).agrees(reference, on=MORE_MASKS)


@check(points=0.5, on=MORE_KINDS, about="z", finds=["input_dtype_kept", "list_not_converted", "result_truncated"])
def more_kinds(subject, reference):
    """More kinds of input, always answered in float64."""
    expect(subject).agrees(reference, on=MORE_KINDS)


@check(
    points=0.5,
    on=REFUSED_TAUS,
    about="tau",
    finds=["nan_tau_accepted", "negative_tau_accepted", "one_bad_row_accepted", "zero_tau_becomes_one"],
)
def more_refused_taus(subject):
    """Every temperature that is not above 0 is refused."""
    expect(subject).refuses(ValueError, on=REFUSED_TAUS, but=ORDINARY.probes[1])


@check(
    points=0.5,
    on=REFUSED_ROWS,
    about="z",
    finds=[
        "empty_row_accepted",
        "infinite_logit_accepted",
        "masked_row_accepted",
        "nan_logit_accepted",
        "single_number_accepted",
    ],
)
def more_refused_rows(subject):
    """Every row without an answer is refused."""
    expect(subject).refuses(ValueError, on=REFUSED_ROWS, but=ORDINARY.probes[1])


# --- laws, on inputs that are computed --------------------------------------------------------------------------


@check(points=0.5)
def agrees_with_scipy(subject):
    """It agrees with the softmax of scipy on z / tau."""
    rng = np.random.default_rng(1)
    for shape, tau in (((4,), 0.8), ((3, 6), 2.0), ((2, 3, 4), 0.5), ((3000,), 1.3)):
        z = rng.normal(0.0, 3.0, shape)
        q = subject.softmax_temperature(z, tau=tau)
        expect(q).close(special.softmax(z / tau, axis=-1), within=1e-12)


@check(points=0.25)
def shift(subject):
    """Adding one number to all logits changes nothing."""
    z = np.array([0.0, 1.25, -2.5, 0.5])
    for c in (-3000.0, -1.0, 1.0, 3000.0):  # z + c is exact: all are multiples of 1/4
        for tau in (0.75, 1.0, 3.0):
            before = subject.softmax_temperature(z, tau=tau)
            expect(before).shape(z.shape)
            after = subject.softmax_temperature(z + c, tau=tau)
            within = 1e-12 + 8 * EPS * 3000.0 / tau  # as `probability` allows: |z| / tau grew to that
            expect(after).close(before, within=within, saying={"shift": c, "tau": tau})


@check(points=0.25, about="tau")
def log_odds(subject):
    """Log-odds are differences of logits divided by tau."""
    z = np.array([1.5, -0.75, 0.0, 3.0])
    for tau in (0.3, 1.0, 1.7, 4.0, 40.0):
        q = subject.softmax_temperature(z, tau=tau)
        expect(q).shape(z.shape)
        got = float(np.log(np.max(q) / np.min(q)))
        want = 3.75 / tau  # off by some eps for each quotient and logarithm
        expect(q).that(abs(got - want) <= 1e-11, saying={"tau": tau, "got": got, "expected": want})


@check(points=0.25, about="tau")
def two_temperatures(subject):
    """Tempering log q again multiplies the temperatures."""
    z = np.array([2.0, 1.0, 0.1, -1.0])
    for first, second in ((2.0, 3.0), (0.5, 4.0), (4.0, 0.25)):
        q = subject.softmax_temperature(z, tau=first)
        expect(q).shape(z.shape)
        log_q = np.log(q)
        q = subject.softmax_temperature(log_q, tau=second)
        want = subject.softmax_temperature(z, tau=first * second)
        expect(q).close(want, within=1e-12, saying={"first": first, "second": second, "product": first * second})


@check(points=0.25)
def order(subject):
    """Probabilities follow the order of the logits."""
    z = np.array([0.5, 1200.0, -3.0, 1200.0, 1199.5, 0.5, -900.0])
    for tau in (1e-3, 0.7, 50.0, 1e4):
        q = subject.softmax_temperature(z, tau=tau)
        expect(q).shape(z.shape)
        falling = q[np.argsort(-z, kind="stable")]
        expect(q).that(bool((np.diff(falling) <= 1e-15).all()), saying={"tau": tau})
        turned = subject.softmax_temperature(z[::-1].copy(), tau=tau)
        expect(turned).close(q[::-1], within=1e-12, saying={"tau": tau})


# --- strict: what dividing first cannot do, and what only a careful answer does ---------------------------------

NEAR_TIES = probes(
    "near_ties",
    [
        softmax(array([2.0, 1.0, 0.25]), 1.5),
        softmax(array([10000.0, 10000.0 - 1e-8]), 1e-8),
        softmax(np.array([1e4, 1e4 - 1e-8, 1e4 - 2e-8]), 1e-8),
        softmax(np.array([-1e4, -1e4 - 1e-8, -1e4 - 2e-8]), 3e-8),
        softmax(array([1e15, 1e15 + 1.0]), 3.0),
        softmax(array([1.0, 1.0 - 2.0**-50]), 1e-15),
    ],
    tolerance=relative,
)

QUOTIENTS = probes(
    "quotients",
    [
        softmax(array([2.0, 0.5, 1.0]), 1.5),
        softmax(array([1e308, 0.0]), 0.1),
        softmax(array([0.0, -1e308]), 0.1),
        softmax(array([1e308, 1e308]), 0.5),
        softmax(array([1e308, 1e308, -1e308]), 1e-308),
        softmax(array([2.0, 1.0, 2.0]), 5e-324),
        softmax(array([1e-322, 0.0]), 1e-322),
        softmax(array([0.0, -5e-324]), 5e-324),
    ],
    tolerance=relative,
)

DIFFERENCES = probes(
    "differences",
    [
        softmax(array([0.0, 1000.0, 999.0]), 1.0),
        softmax(array([1.7e308, -1.7e308]), 1e308),
        softmax(array([1.7e308, -1.7e308, 0.0]), 1.7e308),
        softmax(array([[1.7e308, -1.7e308], [1.0, 0.0]]), 1e308),
        softmax(array([1.7e308, -1.7e308]), 1.0),
    ],
    tolerance=relative,
)

TAILS = probes(
    "tails",
    [
        softmax(array([0.0, 2.0, 1.0]), 1.5),
        softmax(array([0.0, -40.0]), 1.0),
        softmax(array([0.0, -100.0, -200.0]), 1.0),
        softmax(array([0.0, 1.0, -600.0, -1400.0]), 2.0),
        softmax(array([0.0, -700.0, -707.0]), 1.0),
        softmax(array([0.0, -708.0, -744.0]), 1.0),
        softmax(array([0.0, -7e-6, -3e-6]), 1e-8),
    ],
    tolerance=relative,
)

COLUMNS = probes(
    "columns",
    [
        softmax(array([[0.0, 1.0], [0.0, 1.0]]), 2.0),
        softmax(array([[0.0, 1.0], [0.0, 1.0]]), array([[1.0], [4.0]])),
        softmax(_logits(24, 3, 3), array([[0.5], [1.0], [2.0]])),
        softmax(_logits(25, 2, 3), [[2.0], [0.5]]),
        softmax(_logits(26, 2, 2, 3), array([[[1.0]], [[3.0]]])),
        softmax(_logits(27, 3, 2), array([[0.5, 2.0]]), axis=0),
        softmax(array([[1000.0, 0.0], [1e-8, 0.0]]), array([[1000.0], [1e-8]])),
    ],
    tolerance=probability,
)

INFINITE = probes(
    "infinite",
    [
        softmax(array([0.0, -np.inf, 1.0]), 1.5),
        softmax(array([0.0, 1.0]), np.inf),
        softmax(array([6.0, -np.inf, 1.0]), np.inf),
        softmax(array([-np.inf, 1e4]), np.inf),
        softmax(array([[0.0, -np.inf, 3.0], [1.0, 2.0, 3.0]]), np.inf),
        softmax(array([1.0, -np.inf, 2.0]), 1e308),
    ],
    tolerance=probability,
)


@check(points=0.5, on=NEAR_TIES, about="z", finds=["divided_before_shift"])
def near_ties_far_away(subject, reference):
    """Tiny differences between large logits are kept."""
    expect(subject).agrees(reference, on=NEAR_TIES)


@check(points=0.5, on=QUOTIENTS, about="tau", finds=["divided_before_shift"])
def huge_quotients(subject, reference):
    """Logits that overflow when they are divided by tau."""
    expect(subject).agrees(reference, on=QUOTIENTS)


@check(points=0.25, on=DIFFERENCES, about="z", finds=["difference_overflows"])
def huge_differences(subject, reference):
    """Logits whose difference overflows."""
    expect(subject).agrees(reference, on=DIFFERENCES)


@check(points=0.25, on=TAILS, finds=["small_values_dropped"])
def tails(subject, reference):
    """The smallest probabilities are right to twelve digits."""
    expect(subject).agrees(reference, on=TAILS)


@check(
    points=0.25, on=COLUMNS, about="tau", finds=["first_tau_for_all_rows", "tau_along_tokens", "tau_must_be_one_number"]
)
def one_tau_for_each_row(subject, reference):
    """Each row may have a temperature of its own."""
    expect(subject).agrees(reference, on=COLUMNS)


@check(
    points=0.25,
    on=INFINITE,
    about="tau",
    finds=["infinite_tau_gives_nan", "infinite_tau_refused", "masked_tokens_share"],
)
def infinite_tau(subject, reference):
    """At tau = inf all unmasked tokens are equally probable."""
    expect(subject).agrees(reference, on=INFINITE)
