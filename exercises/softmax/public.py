"""What a student can run: small inputs of every kind, and the rules that they show.

The groups form a ladder. Each holds one new idea and keeps to what the groups before it have shown, so that
the first group that fails says which idea is missing.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from grader import array, call, check, expect, probes

EPS = np.finfo(np.float64).eps


def probability(asked, expected):
    """Allow what dividing by tau first may lose: 1e-12 + min(8 eps max|z| / tau, 1e-3) q, and nothing where q is 0.

    z_i / tau is rounded by at most eps/2 |z_i| / tau, and so is the largest one. Their difference is an exponent,
    so it and its rounding move a weight by a relative 3/2 eps max|z| / tau, and the sum by as much again: 3 in all,
    8 leaves room. 1e-12 covers exp, the sum and the quotient, some eps each, a thousand times over. Beyond 1e-3
    no answer is near enough to be called right. q is 0 at a mask, and where the true probability is too small for a
    float: exp gives 0 there by itself, so what is not 0 is a bound under exponents or probabilities.
    """
    given, tau, axis = _arguments(asked)
    size = np.max(np.abs(given), axis=axis, keepdims=True, where=np.isfinite(given), initial=0.0)  # (..., 1)
    with np.errstate(all="ignore"):
        share = np.fmin(8 * EPS * size / tau, 1e-3)
    return np.where(expected == 0, 0.0, 1e-12 + share * np.abs(expected))


def softmax(z, tau, **more):
    """Declare one call."""
    return call("softmax_temperature", z, tau=tau, **more)


def _arguments(asked):
    positional, named = asked.arguments()
    given = dict(zip(("z", "tau", "axis"), positional, strict=False)) | named
    return np.asarray(given["z"], np.float64), np.asarray(given["tau"], np.float64), given.get("axis", -1)


def _with_tau(group, wanted):
    """Return the probes of a group whose tau is ``wanted``."""
    return replace(group, probes=tuple(probe for probe in group if wanted(probe.call.kwargs["tau"])))


TAUS = (1.0, 2.0, 0.5, 1.5)
LADDER = ([0.0], [0.0, 1.0], [0.0, -1.0], [2.0, 0.5], [0.0, 1.0, -1.0], [2.0, 1.0, 0.1, -1.0])

ORDINARY = probes(
    "ordinary",
    [softmax(array(z), tau) for z in LADDER for tau in TAUS],
    tolerance=probability,
)

KEPT = probes(
    "kept",
    [
        softmax(array([0.0, 1.0]), 2.0),
        softmax(array([3.0, 1.0, 2.0]), 1.0),
        softmax(array([[0.0, 1.0], [2.0, 0.5]]), 0.5),
    ],
    tolerance=probability,
    observes_arguments=True,
)

HUGE = probes(
    "huge",
    [
        softmax(array([1000.0, 0.0]), 1.0),
        softmax(array([0.0, 1000.0]), 1.0),
        softmax(array([1000.0, 999.0]), 1.0),
        softmax(array([-1000.0, -1001.0]), 1.0),
        softmax(array([1000.0, 999.0]), 2.0),
        softmax(array([1000.0, 999.0]), 0.5),
        softmax(array([-1000.0, -1001.0]), 0.5),
        softmax(array([1000.0, 0.0]), 2.0),
        softmax(array([1000.0, 1.0, 0.0]), 1.0),
        softmax(array([4000.0, 0.0, 0.0, 0.0]), 1.0),
        softmax(array([0.0, 0.0, 0.0, -4000.0]), 1.0),
        softmax(array([12000.0, 11999.0]), 1.0),
        softmax(array([-12000.0, -11999.0]), 1.0),
        softmax(array([10000.0, 10001.0, 9999.5]), 1.5),
    ],
    tolerance=probability,
)

HOT = probes(
    "hot",
    [
        softmax(array([0.0, 1.0]), 10.0),
        softmax(array([0.0, 1.0]), 100.0),
        softmax(array([0.0, -40.0, -50.0]), 10.0),
        softmax(array([1000.0, 0.0]), 1000.0),
        softmax(array([0.0, 20000.0]), 10000.0),
        softmax(array([3000.0, 1000.0, -2000.0]), 1000.0),
        softmax(array([3e6, 0.0]), 3e6),
        softmax(array([2.0, 1.0, 0.1, -1.0]), 1e6),
        softmax(array([2.0, 1.0, 0.1, -1.0]), 1e12),
    ],
    tolerance=probability,
)

TIES = probes(
    "ties",
    [
        softmax(array([3.0, 3.0]), 1.0),
        softmax(array([3.0, 3.0]), 0.001),
        softmax(array([3.0, 3.0, 1.0]), 1.0),
        softmax(array([1.0, 3.0, 3.0]), 0.005),
        softmax(array([2.0, 2.0, 2.0]), 1e-8),
        softmax(array([2.0, 2.0, 2.0]), 1e12),
        softmax(array([0.5, 0.5, -1.0, 0.5]), 2.0),
    ],
    tolerance=probability,
)

COLD = probes(
    "cold",
    [
        softmax(array([1.0, 0.0]), 0.1),
        softmax(array([2.0, 0.0]), 0.1),
        softmax(array([1.0, 0.0]), 0.001),
        softmax(array([0.0, -0.01]), 0.01),
        softmax(array([0.0, -0.001]), 0.001),
        softmax(array([0.0, -0.01, -0.02]), 0.02),
        softmax(array([3.0, 3.0, 1.0]), 0.001),
        softmax(array([3.0, 3.0, 1.0]), 1e-8),
        softmax(array([4.0, 3.0, 2.0, 1.0, 0.0, -2.0]), 5e-4),
        softmax(array([0.0, -1e-5]), 1e-5),
        softmax(array([0.0, -1e-6]), 1e-6),
        softmax(array([0.0, -1e-8]), 1e-8),
        softmax(array([2.0, 1.0, 0.1, -1.0]), 1e-8),
    ],
    tolerance=probability,
)

BATCH = probes(
    "batch",
    [
        softmax(array([[0.0, 1.0]]), 1.0),
        softmax(array([[0.0, 1.0], [2.0, 0.0]]), 1.0),
        softmax(array([[2.0, 1.0, 0.0], [0.0, 1.0, 5.0]]), 2.0),
        softmax(array([[2.0, 1.0, 0.0], [0.0, 1.0, 5.0], [3.0, 3.0, 0.0]]), 2.0),
        softmax(array([[2000.0, 0.0], [1.0, 0.0]]), 1.0),
        softmax(array([[0.0, 0.5, 1.0, 1.5, 2.0], [2000.0, 0.0, 0.0, 0.0, 0.0], [1.0, 0.0, 3.0, 2.0, 1.0]]), 1.0),
        softmax(array([[[0.0, 1.0], [2.0, 0.0]], [[1.0, 1.0], [0.0, 3.0]]]), 0.5),
    ],
    tolerance=probability,
)

AXES = probes(
    "axes",
    [
        softmax(array([0.0, 1.0]), 2.0, axis=0),
        softmax(array([[0.0, 1.0], [2.0, 0.0]]), 1.0, axis=0),
        softmax(array([[2.0, 1.0, 0.0], [0.0, 1.0, 5.0]]), 2.0, axis=0),
        softmax(array([[2.0, 1.0, 0.0], [0.0, 1.0, 5.0]]), 2.0, axis=1),
        softmax(array([[2.0, 1.0, 0.0], [0.0, 1.0, 5.0]]), 2.0, axis=-2),
        softmax(array([[[0.0, 1.0], [2.0, 0.0]], [[1.0, 1.0], [0.0, 3.0]]]), 0.5, axis=1),
    ],
    tolerance=probability,
)

MASKS = probes(
    "masks",
    [
        softmax(array([0.0, -np.inf]), 1.0),
        softmax(array([0.0, -np.inf, 1.0]), 1.0),
        softmax(array([1.0, -np.inf, 2.0]), 2.0),
        softmax(array([-np.inf, -5.0, -np.inf, -5.0]), 0.5),
        softmax(array([1.0, -np.inf, 2.0]), 1e-8),
        softmax(array([0.0, -np.inf, 1.0]), 1000.0),
        softmax(array([0.0, -np.inf, 1.0]), 1e12),
        softmax(array([[0.0, -np.inf, 1.0], [1.0, 2.0, 3.0]]), 2.0),
        softmax(array([0.0, -40.0, -np.inf]), 10.0),
    ],
    tolerance=probability,
)

KINDS = probes(
    "kinds",
    [
        softmax([0.0, 1.0], 2.0),
        softmax([2, 1, 0], 2),
        softmax((0.0, 1.0), 2.0),
        softmax([[0.0, 1.0], [2.0, 0.0]], 1.0),
        softmax(array([2, 1, 0], dtype="int64"), 2),
        softmax(array([0.1, 1.7], dtype="float32"), 2.0),
        softmax(array([2.0, 1.0, 0.0], kind="readonly"), 0.5),
        softmax(array([2.0, 1.0, 0.0], kind="strided"), 1.5),
        softmax(array([[2.0, 1.0, 0.0], [0.0, 1.0, 5.0]], kind="fortran"), 2.0),
    ],
    tolerance=probability,
)

REFUSED_TAU = probes(
    "refused_tau",
    [
        softmax(array([0.0, 1.0]), 0.0),
        softmax(array([0.0, 1.0]), -1.0),
        softmax(array([0.0, 1.0]), np.nan),
    ],
    tolerance=probability,
)

REFUSED_LOGITS = probes(
    "refused_logits",
    [
        softmax(array([0.0, np.nan]), 1.0),
        softmax(array([0.0, np.inf]), 1.0),
        softmax(array([]), 1.0),
        softmax(array([-np.inf, -np.inf]), 1.0),
        softmax(array([[0.0, 1.0], [-np.inf, -np.inf]]), 1.0),
        softmax(1.0, 1.0),
    ],
    tolerance=probability,
)


@check(
    points=0.5,
    on=ORDINARY,
    finds=[
        "denominator_without_tau",
        "divided_by_mean",
        "epsilon_in_the_sum",
        "exponential_missing",
        "list_returned",
        "log_of_logits",
        "logits_rescaled",
        "low_precision",
        "matrix_only",
        "mixed_with_uniform",
        "not_normalised",
        "power_not_normalised",
        "probabilities_divided_by_tau",
        "rounded",
        "shift_in_numerator_only",
        "sigmoid_used",
        "tau_cast_to_int",
        "winner_takes_all",
    ],
)
def probabilities(subject, reference):
    """One probability for each logit, adding up to 1."""
    for probe in ORDINARY:
        expect(subject(probe)).shape(np.shape(reference(probe)))
        expect(subject(probe)).distribution()


@check(
    points=0.5,
    on=ORDINARY,
    needs=["probabilities"],
    finds=[
        "absolute_values",
        "constant_added",
        "double_softmax",
        "epsilon_added_to_tau",
        "epsilon_in_the_log",
        "exponential_twice",
        "floor_division",
        "other_base",
        "sigmoid_used",
        "sign_flipped",
        "softmax_of_probabilities",
        "winner_takes_all",
    ],
)
def tau_one(subject, reference):
    """At tau = 1 it is the ordinary softmax."""
    group = _with_tau(ORDINARY, lambda tau: tau == 1)
    expect(subject).agrees(reference, on=group, saying=_worst_entry)


@check(
    points=0.5,
    on=ORDINARY,
    about="tau",
    needs=["tau_one"],
    finds=["square_root_of_tau", "tau_applied_twice", "tau_has_no_effect", "tau_multiplied"],
)
def raising_tau(subject, reference):
    """Raising tau flattens the distribution."""
    expect(subject).agrees(reference, on=_with_tau(ORDINARY, lambda tau: tau > 1), saying=_since_tau_one(subject))


@check(points=0.25, on=ORDINARY, about="tau", needs=["tau_one"], finds=["tau_multiplied", "tau_has_no_effect"])
def lowering_tau(subject, reference):
    """Lowering tau sharpens the distribution."""
    expect(subject).agrees(reference, on=_with_tau(ORDINARY, lambda tau: tau < 1), saying=_since_tau_one(subject))


@check(points=0.25, on=KEPT, about="z", finds=["input_changed"])
def arguments_kept(subject):
    """The caller's logits are left as they were."""
    expect(subject).leaves_arguments(on=KEPT)


@check(
    points=0.5,
    on=HUGE,
    about="z",
    finds=[
        "overflow",
        "overflow_set_to_zero",
        "probabilities_clipped",
        "tail_floored",
        "uniform_when_sum_underflows",
        "wider_float",
        "wrong_shift",
    ],
)
def huge_logits(subject, reference):
    """Huge logits give the right numbers, not inf or nan."""
    expect(subject).agrees(reference, on=HUGE, saying=_worst_entry)


@check(points=0.5, on=HOT, about="tau", finds=["tau_clamped", "underflow_before_tau", "uniform_at_large_tau"])
def large_tau(subject, reference):
    """A large tau is used as it is."""
    expect(subject).agrees(reference, on=HOT, saying=_worst_entry)


@check(points=0.5, on=TIES, about="z", finds=["tau_clamped", "ties_broken"])
def equal_logits(subject, reference):
    """Equal logits share equally, at any tau."""
    expect(subject).agrees(reference, on=TIES, saying=_worst_entry)


@check(
    points=0.5,
    on=COLD,
    about="tau",
    finds=["epsilon_added_to_tau", "limit_used_early", "small_values_dropped", "tau_clamped"],
)
def small_tau(subject, reference):
    """A small tau is used as it is."""
    expect(subject).agrees(reference, on=COLD, saying=_worst_entry)


@check(
    points=0.5,
    on=BATCH,
    about="axis",
    finds=[
        "columns_normalised",
        "keepdims_missing",
        "one_dimension_only",
        "one_sum_for_all_rows",
        "peak_of_whole_batch",
    ],
)
def batch(subject, reference):
    """Each row of a batch is a distribution."""
    expect(subject).agrees(reference, on=BATCH, saying=_worst_sum)


@check(points=0.25, on=AXES, about="axis", finds=["axis_ignored"])
def other_axes(subject, reference):
    """The tokens may stand on any axis."""
    expect(subject).agrees(reference, on=AXES, saying=_worst_sum)


@check(
    points=0.5,
    on=MASKS,
    about="z",
    finds=[
        "mask_after_softmax",
        "mask_becomes_nan",
        "mask_replaced_by_number",
        "masked_tokens_dropped",
        "masks_refused",
    ],
)
def masks(subject, reference):
    """A masked token gets exactly 0."""
    expect(subject).agrees(reference, on=MASKS, saying=_masked_and_rest)


@check(points=0.25, on=KINDS, about="z", finds=["input_dtype_kept", "list_not_converted", "result_truncated"])
def kinds_of_input(subject, reference):
    """Lists, integers and float32 work as well."""
    expect(subject).agrees(reference, on=KINDS)


@check(
    points=0.25,
    on=REFUSED_TAU,
    about="tau",
    finds=[
        "nan_tau_accepted",
        "negative_tau_accepted",
        "other_exception",
        "refused_without_raising",
        "tau_not_tested",
        "zero_tau_becomes_one",
        "zero_tau_gives_the_limit",
    ],
)
def refused_tau(subject):
    """A temperature that is not above 0 is refused."""
    expect(subject).refuses(ValueError, on=REFUSED_TAU, but=ORDINARY.probes[1])


@check(
    points=0.25,
    on=REFUSED_LOGITS,
    about="z",
    finds=[
        "empty_row_accepted",
        "infinite_logit_accepted",
        "logits_not_tested",
        "masked_row_accepted",
        "nan_logit_accepted",
        "one_bad_row_accepted",
        "single_number_accepted",
    ],
)
def refused_logits(subject):
    """Logits without an answer are refused."""
    expect(subject).refuses(ValueError, on=REFUSED_LOGITS, but=ORDINARY.probes[1])


def _since_tau_one(subject):
    """Return what to say of a wrong value: how the gap of the same logits changed between tau = 1 and this tau."""
    at_one = [_gap(subject(probe)) for probe in _with_tau(ORDINARY, lambda tau: tau == 1)]

    def measures(probe, want, got):
        before = at_one[probe.index // len(TAUS)]
        return {"tau": probe.call.kwargs["tau"], "before": before, "after": _gap(got), "expected": _gap(want)}

    return measures


def _gap(q):
    return float(np.max(q) - np.min(q))


def _worst_entry(probe, want, got):
    """Return how far the worst probability is from what it should be, or that it is nan or infinite: the furthest."""
    off = np.abs(got - want).ravel()
    worst = int(np.argmax(np.nan_to_num(off, nan=np.inf)))
    told = {"off": float(off[worst])} if np.isfinite(off[worst]) else {"odd": float(np.ravel(got)[worst])}
    tau = float(np.max(probe.call.kwargs["tau"]))
    return {"tau": tau, **told, "expected": float(np.ravel(want)[worst])}


def _worst_sum(probe, want, got):
    """Return the sum along the axis that is furthest from 1; where all are 1, how far a probability is off."""
    wrong = _wrong_sum(got, probe)
    return _worst_entry(probe, want, got) if wrong is None else {"sum": wrong}


def _masked_and_rest(probe, want, got):
    """Return what masked tokens got, unless it is 0, and the others, unless it is 1; else how far one is off."""
    masked = np.isneginf(_arguments(probe.call)[0])
    given, rest = float(np.sum(got[masked])), _wrong_sum(np.where(masked, 0.0, got), probe)
    told = {} if given == 0 else {"masked": given}
    told |= {} if rest is None else {"rest": rest}
    return told or _worst_entry(probe, want, got)


def _wrong_sum(q, probe):
    """Return the sum along the axis that is furthest from 1, if it is beyond rounding; nan is beyond any number."""
    sums = np.sum(q, axis=probe.call.kwargs.get("axis", -1)).ravel()
    far = np.nan_to_num(np.abs(sums - 1), nan=np.inf)
    worst = int(np.argmax(far))
    return float(sums[worst]) if far[worst] > 1e-12 else None  # some eps for each of a few summands
