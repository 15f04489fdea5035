"""What a student can run: both signs, repeated tokens, masks, rewards, kinds of input and refusals."""

from __future__ import annotations

import numpy as np

from grader import array, call, check, expect, probes


def last_digits(_asked, expected):
    """Allow a relative error of 1e-15, and none where 0 or -inf is expected.

    One division or one product is right to half a last digit, 1.1e-16. Whoever multiplies by 1 / rho, or by
    exp(-log(rho)) with rho up to 50, rounds three or four times: 5e-16. A penalty in float32 is off by 3e-8.
    """
    return 1e-15 * np.abs(np.where(np.isfinite(expected), expected, 0.0))


def of(z, used, rho):
    """Declare one call."""
    return call("repetition_penalty", z, used, rho)


SIGNS = probes(
    "signs",
    [
        of(array([1.0, -1.0]), [0], 2.0),
        of(array([1.0, -1.0]), [1], 2.0),
        of(array([2.0, 1.0, -1.0]), [0, 2], 2.0),
        of(array([-1.0, -2.0, -4.0]), [1], 1.5),
        of(array([0.0, 3.0, -2.0]), [2, 0], 1.25),
        of(array([4.0, 3.0, 2.0, 1.0, 0.0, -2.0]), [0, 5], 1.3),
        of(array([0.5, -0.1, 0.1, 0.4, -3.0]), [1, 2, 3], 1.1),
    ],
    tolerance=last_digits,
)

REPEATED = probes(
    "repeated",
    [
        of(array([1.0, -1.0]), [0, 0], 2.0),
        of(array([1.0, -1.0]), [1, 1, 1], 2.0),
        of(array([2.0, 1.0, -1.0]), [2, 0, 2, 2], 1.5),
        of(array([3.0, 2.0, -1.0, 0.5]), [3, 3, 1, 3, 1, 2], 1.1),
    ],
    tolerance=last_digits,
)

UNUSED = probes(
    "unused",
    [
        of(array([1.0, -1.0]), [], 2.0),
        of(array([0.0, 3.0, -2.0]), array([], dtype="int64"), 1.3),
        of(array([5.0]), [], 1.1),
    ],
    tolerance=last_digits,
)

MASKED = probes(
    "masked",
    [
        of(array([1.0, -np.inf]), [0], 2.0),
        of(array([1.0, -np.inf]), [1], 2.0),
        of(array([-np.inf, 2.0, -1.0, -np.inf]), [0, 1, 2], 1.5),
    ],
    tolerance=last_digits,
)

REWARDED = probes(
    "rewarded",
    [
        of(array([1.0, -1.0]), [0, 1], 1.0),
        of(array([1.0, -1.0]), [0], 0.5),
        of(array([1.0, -1.0]), [1], 0.5),
        of(array([4.0, 3.0, 2.0, 1.0, 0.0, -2.0]), [1, 5, 4], 0.8),
        of(array([1.0, -1.0]), [0, 1], 1.25),  # which takes back 0.8
    ],
    tolerance=last_digits,
)

KINDS = probes(
    "kinds",
    [
        of([1, -1], [0], 2.0),
        of([3, -1, 0], [0, 1], 2),
        of(array([3, -1, 2], dtype="int64"), [0, 1], 2.0),
        of(array([0.5, -0.25, 3.0], dtype="float32"), [2, 1], 1.5),
        of(array([1.0, -1.0], kind="readonly"), [1], 1.5),
        of((2.0, -1.0), (0, 1), 2.0),
        of(array([2.0, -1.0, 0.5]), array([2, 0], dtype="int32"), 1.25),
    ],
    tolerance=last_digits,
)

KEPT = probes(
    "kept",
    [
        of(array([1.0, -1.0]), [0], 2.0),
        of([2.0, 1.0, -1.0], [2, 0, 2], 1.5),
        of(array([2.0, 1.0, -1.0]), array([2, 0, 0], dtype="int64"), 1.5),
    ],
    tolerance=last_digits,
    observes_arguments=True,
)

REFUSED = probes(
    "refused",
    [
        of(array([1.0, -1.0]), [0], 0.0),
        of(array([1.0, -1.0]), [0], -2.0),
        of(array([1.0, -1.0]), [0], np.nan),
        of(array([1.0, -1.0]), [2], 2.0),
        of(array([1.0, -1.0]), [-1], 2.0),
        of(array([np.nan, -1.0]), [1], 2.0),
        of(array([np.inf, -1.0]), [1], 2.0),
        of(array([]), [], 2.0),
        of(array([-np.inf, -np.inf]), [0], 2.0),
    ],
    tolerance=last_digits,
)


@check(
    points=0.8,
    on=SIGNS,
    about="rho",
    finds=[
        "all_tokens_penalised",
        "copy_changed",
        "directions_exchanged",
        "every_logit_divided",
        "every_logit_multiplied",
        "last_token_only",
        "low_precision",
        "one_sign_for_all",
        "penalty_subtracted",
        "positions_from_one",
        "probabilities_penalised",
        "same_share_subtracted",
        "shifted_first",
        "softmax_returned",
        "unused_penalised",
        "used_tokens_banned",
        "values_taken_for_positions",
    ],
)
def signs(subject, reference):
    """A used token moves down, whatever the sign of its logit."""
    expect(subject).agrees(reference, on=SIGNS)


@check(points=0.4, on=REPEATED, about="used", finds=["once_per_occurrence"])
def repeated(subject, reference):
    """A token counts once, however often it was used."""
    expect(subject).agrees(reference, on=REPEATED, saying=_uses)


@check(points=0.2, on=UNUSED, about="used", finds=["empty_used_fails"])
def nothing_used(subject, reference):
    """Where nothing was used yet, nothing changes."""
    expect(subject).agrees(reference, on=UNUSED)


@check(points=0.3, on=MASKED, about="z", finds=["mask_becomes_nan", "mask_replaced_by_number"])
def masked(subject, reference):
    """A masked token stays masked, used or not."""
    expect(subject).agrees(reference, on=MASKED)


@check(points=0.3, on=REWARDED, about="rho", finds=["rho_below_one_ignored"])
def rewarded(subject, reference):
    """A penalty of 1 changes nothing, and one below 1 is a reward."""
    expect(subject).agrees(reference, on=REWARDED)


@check(
    points=0.3,
    on=KINDS,
    about="z",
    finds=["input_dtype_kept", "list_not_converted", "used_not_converted"],
)
def kinds_of_input(subject, reference):
    """Lists, tuples, integers and float32 work as well."""
    expect(subject).agrees(reference, on=KINDS)


@check(points=0.2, on=KEPT, about="z", finds=["input_changed"])
def arguments_kept(subject):
    """The caller's logits and positions are left as they were."""
    expect(subject).leaves_arguments(on=KEPT)


@check(points=0.3, on=REFUSED, finds=["bad_input_accepted"])
def refused(subject):
    """What has no answer is refused."""
    expect(subject).refuses(ValueError, on=REFUSED, but=SIGNS.probes[0])


def _uses(probe, _want, _got):
    """Say how often the token that was used most was used."""
    used = probe.call.arguments()[0][1]
    return {"uses": max(used.count(token) for token in used)}
