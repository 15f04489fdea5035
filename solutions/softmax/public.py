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
    no answer is near enough to be called right.
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


def _gap(q):
    return float(np.max(q) - np.min(q))


LADDER = ([0.0], [0.0, 1.0], [0.0, -1.0], [2.0, 0.5], [0.0, 1.0, -1.0], [2.0, 1.0, 0.1, -1.0])

ORDINARY = probes(
    "ordinary",
    [softmax(array(z), tau) for z in LADDER for tau in (1.0, 2.0, 0.5, 1.5)],
    tolerance=probability,
)

KEPT = probes(
    "kept",
    [
        softmax(array([0.0, 1.0]), 2.0),
        softmax(array([3.0, 1.0, 2.0]), 1.0),
        softmax(array([[0.0, 1.0], [2.0, 0.5]]), 0.5),
        softmax([0.0, 1.0], 2.0),
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

REFUSED = probes(
    "refused",
    [
        softmax(array([0.0, 1.0]), 0.0),
        softmax(array([0.0, 1.0]), -1.0),
        softmax(array([0.0, 1.0]), np.nan),
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
        "not_normalised",
        "exponential_missing",
        "probabilities_divided_by_tau",
        "power_not_normalised",
        "divided_by_mean",
        "divided_by_largest",
        "denominator_without_tau",
        "shift_in_numerator_only",
    ],
)
def probabilities(subject, reference):
    """Each logit gets one probability, and they add up to 1."""
    for probe in ORDINARY:
        expect(subject(probe)).shape(np.shape(reference(probe)))
        expect(subject(probe)).distribution()


@check(
    points=0.5,
    on=ORDINARY,
    needs=["probabilities"],
    finds=["softmax_of_probabilities", "double_softmax", "exponential_twice", "sign_flipped", "log_of_logits"],
)
def tau_one(subject, reference):
    """At tau = 1 it is the ordinary softmax."""
    group = _with_tau(ORDINARY, lambda tau: tau == 1)
    expect(subject).agrees(reference, on=group, saying=lambda _, want, got: {"gap": _gap(got), "expected": _gap(want)})


@check(
    points=0.5,
    on=ORDINARY,
    about="tau",
    needs=["tau_one"],
    finds=["tau_multiplied", "tau_has_no_effect", "tau_applied_twice", "square_root_of_tau", "mixed_with_uniform"],
)
def raising_tau(subject, reference):
    """Raising tau flattens the distribution."""
    before = _gaps_at_one(subject)
    expect(subject).agrees(
        reference,
        on=_with_tau(ORDINARY, lambda tau: tau > 1),
        saying=lambda probe, want, got: {
            "tau": probe.call.kwargs["tau"],
            "before": before[probe.index // 4],
            "after": _gap(got),
            "expected": _gap(want),
        },
    )


@check(points=0.5, on=ORDINARY, about="tau", needs=["tau_one"], finds=["tau_cast_to_int", "floor_division"])
def lowering_tau(subject, reference):
    """Lowering tau sharpens the distribution."""
    before = _gaps_at_one(subject)
    expect(subject).agrees(
        reference,
        on=_with_tau(ORDINARY, lambda tau: tau < 1),
        saying=lambda probe, want, got: {
            "tau": probe.call.kwargs["tau"],
            "before": before[probe.index // 4],
            "after": _gap(got),
            "expected": _gap(want),
        },
    )


def _gaps_at_one(subject):
    """Return the gap between the largest and the smallest probability at tau = 1 for each vector of the ladder."""
    return [_gap(subject(probe)) for probe in _with_tau(ORDINARY, lambda tau: tau == 1)]


@check(points=0.25, on=KEPT, about="z", finds=["input_changed"])
def arguments_kept(subject):
    """The caller's logits are left as they were."""
    expect(subject).leaves_arguments(on=KEPT)


@check(
    points=0.5,
    on=HUGE,
    about="z",
    finds=["overflow", "wrong_shift", "wider_float", "overflow_set_to_zero", "uniform_when_sum_underflows"],
)
def huge_logits(subject, reference):
    """Huge logits give numbers, not inf or nan."""
    expect(subject).agrees(reference, on=HUGE, saying=_sum_and_largest)


@check(points=0.5, on=HOT, about="tau", finds=["uniform_at_large_tau", "tau_clamped", "underflow_before_tau"])
def large_tau(subject, reference):
    """A large tau is used as it is."""
    expect(subject).agrees(reference, on=HOT, saying=_tau_and_largest)


@check(points=0.5, on=TIES, about="z", finds=["ties_broken"])
def equal_logits(subject, reference):
    """Equal logits share their probability equally, at any tau."""
    expect(subject).agrees(reference, on=TIES, saying=_sum_and_largest)


@check(
    points=0.5,
    on=COLD,
    about="tau",
    finds=["tau_clamped", "limit_used_early", "epsilon_added_to_tau", "underflow_before_tau"],
)
def small_tau(subject, reference):
    """A small tau is used as it is."""
    expect(subject).agrees(reference, on=COLD, saying=_tau_and_largest)


@check(
    points=0.5,
    on=BATCH,
    about="axis",
    finds=["one_sum_for_all_rows", "columns_normalised", "keepdims_missing", "peak_of_whole_batch"],
)
def batch(subject, reference):
    """Each row of a batch is a distribution of its own."""
    expect(subject).agrees(reference, on=BATCH, saying=_sum_and_largest)


@check(points=0.25, on=AXES, about="axis", finds=["axis_ignored"])
def other_axes(subject, reference):
    """The tokens may stand on any axis."""
    expect(subject).agrees(reference, on=AXES)


@check(
    points=0.5,
    on=MASKS,
    about="z",
    finds=["mask_becomes_nan", "mask_replaced_by_number", "masks_refused", "masked_tokens_dropped"],
)
def masks(subject, reference):
    """A masked token gets exactly 0, and the others share the rest."""
    expect(subject).agrees(
        reference,
        on=MASKS,
        saying=lambda probe, _, got: {"masked": float(np.sum(got[np.isneginf(_arguments(probe.call)[0])]))},
    )


@check(points=0.25, on=KINDS, about="z", finds=["list_not_converted", "input_dtype_kept", "result_truncated"])
def kinds_of_input(subject, reference):
    """Lists, integers, float32 and read-only arrays work as well."""
    expect(subject).agrees(reference, on=KINDS)


@check(
    points=0.25,
    on=REFUSED,
    finds=["nothing_refused", "other_exception", "zero_tau_becomes_one", "negative_tau_accepted", "nan_tau_accepted"],
)
def refusals(subject):
    """What has no answer is refused with ValueError."""
    expect(subject).refuses(ValueError, on=REFUSED)


def _sum_and_largest(_, want, got):
    return {"sum": float(np.sum(got)), "largest": float(np.max(got)), "expected": float(np.max(want))}


def _tau_and_largest(probe, want, got):
    tau = float(np.max(probe.call.kwargs["tau"]))
    return {"tau": tau, "largest": float(np.max(got)), "expected": float(np.max(want))}
