"""What only the graded run asks: longer rows and texts, more masks and kinds, and what the penalty commutes with."""

from __future__ import annotations

import numpy as np

from grader import array, check, draws, expect, probes

from .public import SIGNS, last_digits, of


def _case(seed, count, uses, rho):
    """Return a random case: logits with two decimals, so that it can be read, and tokens of a text that repeats."""
    generator = draws(seed)
    z = generator.normal(0.0, 3.0, count).round(2)
    return of(z, generator.integers(0, count, uses).tolist(), rho)


MORE_SIGNS = probes(
    "more_signs",
    [
        of(array([7.0, -7.0]), [1, 0], 1.3),
        of(array([-0.5]), [0], 1.2),
        of(array([0.0, 0.0, -1.0]), [0, 1, 2], 3.0),
        of(array([1e-300, -1e-300, 1e300, -1e300]), [0, 1, 2, 3], 1.7),
        of(array([3.0, 2.0, 1.0, -1.0, -2.0, -3.0]), [5, 4, 3], 1.15),
        of(array([3.0, 2.0, 1.0, -1.0, -2.0, -3.0]), [0, 1, 2], 1.15),
        of(array([0.3, -0.2, 2.5]), [2, 1, 0], 50.0),
        of(array([10.0, 9.0, 8.0, 7.0]), [1, 3], 1.0000001),
    ],
    tolerance=last_digits,
)

MORE_REPEATED = probes(
    "more_repeated",
    [
        of(array([0.3, -0.2, 2.5]), [0, 1, 2, 0, 0], 50.0),
        of(array([2.0, -3.0]), [0] * 40 + [1], 1.2),
        _case(1, 12, 30, 1.3),
        _case(2, 50, 200, 1.1),
        _case(3, 2000, 500, 1.2),
    ],
    tolerance=last_digits,
)

MORE_MASKED = probes(
    "more_masked",
    [
        of(array([-np.inf, -np.inf, 4.0]), [0, 1], 1.4),
        of(array([-np.inf, -1.0, 4.0, -np.inf]), [3, 3, 1], 0.7),
        of(array([-np.inf, -1.0, 4.0]), [], 1.4),
        of(array([-np.inf, 0.0]), [0, 1], 1.0),
    ],
    tolerance=last_digits,
)

MORE_REWARDED = probes(
    "more_rewarded",
    [
        of(array([3.0, -3.0, 0.0]), [0, 1, 2], 0.9),
        of(array([3.0, -3.0]), [0, 0, 1], 0.25),
        of(array([3.0, -3.0]), [0, 1], 1e-3),
        of(array([3.0, -3.0, 0.5]), [1, 2], 1.0),
        of(array([3.0, -3.0]), [0, 1], 4.0),
    ],
    tolerance=last_digits,
)

MORE_KINDS = probes(
    "more_kinds",
    [
        of([5, 3, -2, 0], [0, 2, 3], 3),
        of(array([7, -7, 1], dtype="int32"), [0, 1], 2.0),
        of(array([7, 5, 1], dtype="uint8"), [1], 2.0),
        of(array([0.1, -0.7, 3.0], dtype="float32"), [0, 1], 1.3),
        of(array([0.5, -0.25], dtype="float16"), [0, 1], 1.5),
        of(array([2.0, 1.0, -1.0], kind="strided"), [2], 1.5),
        of((5, -4), (1, 1), 1.5),
        of([2.0, 1.0, -1.0], array([0, 2], dtype="uint8"), 1.5),
    ],
    tolerance=last_digits,
)

MORE_REFUSED = probes(
    "more_refused",
    [
        of(array([1.0, -1.0]), [0], np.inf),
        of(array([1.0, -1.0]), [], 0.0),
        of(array([1.0, -1.0]), [], np.nan),
        of(array([1.0, -1.0, 2.0]), [0, 3], 2.0),
        of(array([1.0, -1.0, 2.0]), [0, 1, -3], 2.0),
        of(array([1.0, np.nan, 2.0]), [0], 2.0),
        of(array([1.0, 2.0, np.inf]), [], 2.0),
        of(array([-np.inf]), [], 2.0),
        of([], [], 1.5),
        of(array([[1.0, -1.0], [2.0, 0.5]]), [0], 2.0),
    ],
    tolerance=last_digits,
)

ROW, USED = np.array([4.0, 3.0, 0.5, 0.0, -0.5, -2.0]), [0, 2, 4, 5, 0]


@check(points=0.5, on=MORE_SIGNS, about="rho", finds=["every_logit_divided", "one_sign_for_all", "penalty_subtracted"])
def more_signs(subject, reference):
    """Rows of one sign, of mixed signs and of any scale."""
    expect(subject).agrees(reference, on=MORE_SIGNS)


@check(points=0.3, on=MORE_REPEATED, about="used", finds=["once_per_occurrence"])
def more_repeated(subject, reference):
    """Long texts in which tokens come again and again."""
    expect(subject).agrees(reference, on=MORE_REPEATED)


@check(points=0.2, on=MORE_MASKED, about="z", finds=["mask_becomes_nan", "mask_replaced_by_number"])
def more_masked(subject, reference):
    """More masks, with penalties and rewards."""
    expect(subject).agrees(reference, on=MORE_MASKED)


@check(points=0.2, on=MORE_REWARDED, about="rho", finds=["rho_below_one_ignored"])
def more_rewarded(subject, reference):
    """More rewards, down to rho = 0.001."""
    expect(subject).agrees(reference, on=MORE_REWARDED)


@check(points=0.2, on=MORE_KINDS, about="z", finds=["input_dtype_kept", "list_not_converted", "used_not_converted"])
def more_kinds(subject, reference):
    """More kinds of input, always answered in float64."""
    expect(subject).agrees(reference, on=MORE_KINDS)


@check(points=0.2)
def commutes_with_tau(subject):
    """The penalty and a temperature may come in either order."""
    late = subject.repetition_penalty(ROW / 2.0, USED, 1.3)
    early = subject.repetition_penalty(ROW, USED, 1.3) / 2.0  # halving is exact, so both have the same last digits
    expect(late).close(early, within=1e-15 * np.abs(early))


@check(points=0.2)
def not_shift_invariant(subject):
    """The logits are taken as they come, not shifted first."""
    shifted = subject.repetition_penalty(ROW - ROW.max(), USED, 2.0)
    expect(shifted[:1]).close(np.zeros(1), within=0.0)  # the best token is now 0, which no penalty moves
    plain = subject.repetition_penalty(ROW, USED, 2.0)
    expect(plain[:1]).close(ROW[:1] / 2.0, within=1e-15 * ROW[0])


@check(points=0.2)
def undone(subject):
    """A penalty rho and then 1 / rho give the logits back."""
    back = subject.repetition_penalty(subject.repetition_penalty(ROW, USED, 1.25), USED, 0.8)
    expect(back).close(ROW, within=3e-15 * np.abs(ROW))  # two penalties, each of them right to 1e-15


@check(points=0.2, on=MORE_REFUSED, finds=["bad_input_accepted"])
def more_refused(subject):
    """Everything without an answer is refused."""
    expect(subject).refuses(ValueError, on=MORE_REFUSED, but=SIGNS.probes[0])
