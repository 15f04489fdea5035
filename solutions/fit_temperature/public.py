"""What a student can run: the direction, the verdict, the best temperature, and cases that have none."""

from __future__ import annotations

import numpy as np

from grader import array, call, check, expect, probes

LOG = {p: float(np.log(p / (1 - p))) for p in (0.6, 0.75, 0.8, 0.9)}  # of two tokens, the logit that says p
LOG2 = float(np.log(2))


def best(_asked, expected):
    """Allow a relative error of 3e-7.

    The slope of the loss is right to about 1e-16 times the spread of the logits, so its root is right to 1e-14. Whoever
    compares losses sees a difference only beyond their last digit: T is off by sqrt(2e-16 loss / curvature), which is
    1e-8 to 1e-7 for these inputs. A search that stops at 1e-6 is not allowed.
    """
    return 3e-7 * np.abs(expected)


def roughly(_asked, expected):
    """Allow one in a hundred: where something else is asked, a coarse search does not cost points once more.

    What a wrong scale, a missing shift or a wrong kind of input does to T is far more than that.
    """
    return 1e-2 * np.abs(expected)


def of(logits, labels):
    """Declare one call."""
    return call("fit_temperature", logits, labels)


def says(p, right, cases=4):
    """Return logits and labels of a model of two tokens that says p and is right in so many cases."""
    return array([[LOG[p], 0.0]] * cases), [0] * right + [1] * (cases - right)


def calibrated_or_not(_asked, value):
    """Observe whether the verdict is the third word: over or under is a matter of rounding there."""
    return value[1] == "calibrated"


def answered(_asked, _value):
    """Observe that there is an answer, whatever it is: none is right."""
    return "an answer"


DIRECTION = probes(
    "direction",
    [
        of(*says(0.9, 3)),
        of(*says(0.6, 3)),
        of(array([[-1.0, 1.0, 2.0], [2.0, 1.0, -2.0], [2.0, 0.0, 3.0]]), [1, 1, 2]),
        of(array([[3.2, -0.8, 2.6], [-0.4, -0.6, -0.3], [-4.9, -0.1, -1.7]]), [0, 1, 1]),
        of(array([[1.6, 0.6, 0.8], [-1.0, 0.3, 1.5], [1.1, 0.4, 3.3]]), [0, 1, 2]),
        of(array([[-1.0, 0.2, 0.7], [-2.2, 2.0, 2.2], [3.7, 1.8, 2.0]]), [2, 2, 2]),
        of(array([[1.6, 2.2, 0.5], [-0.6, -0.7, 1.4], [3.1, 1.8, 4.5]]), [0, 2, 2]),
    ],
    tolerance=best,
)

CALIBRATED = probes(
    "calibrated",
    [
        of(*says(0.75, 3)),
        of(*says(0.8, 4, 5)),
        of(array([[0.8, 0.8 - LOG2, 0.8 - LOG2]] * 4), [0, 1, 0, 2]),
        of(array([[LOG[0.9] + n / 10, n / 10] for n in range(10)]), [0] * 9 + [1]),
    ],
    tolerance=roughly,
    observe=calibrated_or_not,
)

VALUES = probes(
    "values",
    [
        of(*says(0.9, 3)),
        of(*says(0.6, 3)),
        of(array([[5.3, -0.6, 1.3], [0.0, 3.0, 0.2], [-0.7, 5.2, 1.6]]), [0, 0, 1]),
        of(array([[1.5, 0.9, 0.0], [0.9, 0.0, 1.1], [-0.9, -0.5, -1.0]]), [1, 2, 1]),
        of(array([[2.7, 1.7, -2.4], [2.5, 4.4, 2.2], [0.2, 2.3, -1.6]]), [1, 0, 1]),
        of(array([[0.1, 2.0, 0.6], [0.4, -3.3, 0.3], [0.7, 1.1, 1.4]]), [2, 0, 2]),
        of(array([[1.1, -0.7], [1.5, 1.8], [0.2, 1.2], [-2.4, 3.3], [5.8, -1.9]]), [0, 1, 0, 1, 0]),
    ],
    tolerance=best,
)

LARGE = probes(
    "large",
    [
        of(array([[1001.0, 1000.0], [1001.0, 1000.0], [1001.0, 1000.0]]), [0, 0, 1]),
        of(array([[-999.0, -1000.0, -1002.0], [1000.0, 1003.0, 1001.0], [0.0, 1.0, 2.0]]), [0, 2, 2]),
    ],
    tolerance=roughly,
)

SCALED = probes(
    "scaled",
    [
        of(array([[1.0, 0.0], [1.0, 0.0], [1.0, 0.0]]), [0, 0, 1]),
        of(array([[1000.0, 0.0], [1000.0, 0.0], [1000.0, 0.0]]), [0, 0, 1]),
        of(array([[0.001, 0.0], [0.001, 0.0], [0.001, 0.0]]), [0, 0, 1]),
        of(array([[-1e4, 1e4, 2e4], [2e4, 1e4, -2e4], [2e4, 0.0, 3e4]]), [1, 1, 2]),
        of(array([[-1e-4, 1e-4, 2e-4], [2e-4, 1e-4, -2e-4], [2e-4, 0.0, 3e-4]]), [1, 1, 2]),
    ],
    tolerance=roughly,
)

NO_BEST = probes(
    "no_best",
    [
        of(array([[1.0, 0.0], [0.0, 2.0]]), [0, 1]),
        of(array([[1.0, 0.0], [0.0, 2.0]]), [1, 0]),
        of(array([[1.0, 0.0], [1.0, 0.0]]), [0, 1]),
        of(array([[2.0, 2.0], [1.0, 1.0]]), [0, 1]),
        of(array([[3.0, 1.0, 0.0], [2.0, 2.0, 0.0]]), [0, 1]),
        of(array([[3.0, 1.0, 0.0], [0.5, 2.0, 0.0]]), [1, 2]),
    ],
    tolerance=best,
    observe=answered,
)

KINDS = probes(
    "kinds",
    [
        of([[2.0, 0.0], [1.0, 0.0], [1.5, 0.0]], [0, 0, 1]),
        of([[2, 0], [1, 0], [3, 0]], [0, 1, 0]),
        of(array([[2, 0, 1], [1, 0, 3]], dtype="int64"), array([1, 2], dtype="int32")),
        of(array([[1.5, 0.25], [0.5, 0.0], [0.75, 0.0]], dtype="float32"), (0, 0, 1)),
        of(array([[2.0, 0.0], [1.0, 0.0], [1.5, 0.0]], kind="readonly"), [0, 0, 1]),
    ],
    tolerance=roughly,
)

KEPT = probes(
    "kept",
    [
        of(*says(0.9, 3)),
        of(array([[2.0, 0.0, 1.0], [1.0, 0.0, 3.0]]), array([1, 2], dtype="int64")),
    ],
    tolerance=best,
    observes_arguments=True,
)

REFUSED = probes(
    "refused",
    [
        of(array([[2.0, 0.0], [1.0, 0.0], [1.5, 0.0]]), [0, 2, 1]),
        of(array([[2.0, 0.0], [1.0, 0.0], [1.5, 0.0]]), [0, 0, -1]),
        of(array([[2.0, 0.0], [1.0, 0.0], [1.5, 0.0]]), [0, 1]),
        of(array([[2.0, 0.0], [np.nan, 0.0], [1.5, 0.0]]), [0, 0, 1]),
        of(array([[2.0, 0.0], [np.inf, 0.0], [1.5, 0.0]]), [0, 0, 1]),
        of(array([2.0, 0.0]), [0, 1]),
    ],
    tolerance=best,
)


@check(
    points=0.7,
    on=DIRECTION,
    about="labels",
    finds=[
        "accuracy_maximised",
        "columns_normalised",
        "inverse_returned",
        "labels_from_one",
        "log_returned",
        "lowered_when_over_confident",
        "order_exchanged",
        "predictions_taken_for_labels",
        "softmax_applied_twice",
        "verdict_missing",
    ],
)
def direction(subject, reference):
    """T is above 1 for an over-confident model, and below 1 for an under-confident one."""
    for probe in DIRECTION:
        (found, _), (right, _) = subject(probe), reference(probe)
        wrong_side = (found < 1) if right > 1 else (found > 1)
        expect(subject(probe)).that(
            (found > 1) == (right > 1),
            otherwise="lowered_when_over_confident" if wrong_side else None,
            saying={"found": float(f"{found:.6g}"), "best": float(f"{right:.6g}")},
        )


@check(
    points=0.4,
    on=DIRECTION,
    about="labels",
    finds=[
        "calibrated_too_soon",
        "confidence_against_accuracy",
        "list_returned",
        "maximum_taken_for_label",
        "verdict_after_fitting",
        "words_exchanged",
    ],
)
def verdict(subject, reference):
    """The sign of the mean of E_q[z] - z_label tells over from under."""
    for probe in DIRECTION:
        (found, _), (_, word) = subject(probe), reference(probe)
        expect(subject(probe)).close((found, word), within=0.0)


@check(
    points=0.6,
    on=VALUES,
    about="logits",
    finds=["brier_minimised", "confidence_matched", "search_too_coarse"],
)
def values(subject, reference):
    """T is where the loss is least."""
    meet(subject, reference, VALUES, coarse="search_too_coarse")


@check(points=0.2, on=CALIBRATED, about="labels", finds=["zero_expected_exactly"])
def calibrated(subject, reference):
    """A calibrated model gets the third word, and T = 1."""
    for probe in CALIBRATED:
        got, want = subject(probe), reference(probe)
        within = reference.allowed(CALIBRATED, probe, want)
        expect(got).close(want, within=within, otherwise="zero_expected_exactly" if got[1] != want[1] else None)


@check(points=0.2, on=LARGE, about="logits", finds=["shift_missing"])
def large_logits(subject, reference):
    """Large logits have an ordinary answer."""
    meet(subject, reference, LARGE)


@check(points=0.3, on=SCALED, about="logits", needs=["direction"], finds=["search_range_fixed"])
def scaled(subject, reference):
    """Logits of any scale: T grows and shrinks with them."""
    meet(subject, reference, SCALED, far="search_range_fixed")


@check(points=0.4, on=NO_BEST, about="labels", finds=["degenerate_accepted"])
def no_best_temperature(subject):
    """Where no temperature is best, the labels are refused."""
    expect(subject).refuses(ValueError, on=NO_BEST, but=VALUES.probes[0], otherwise="degenerate_accepted")


@check(points=0.2, on=KINDS, about="logits", finds=["list_not_converted"])
def kinds_of_input(subject, reference):
    """Lists, tuples, integers and float32 work as well."""
    meet(subject, reference, KINDS)


@check(points=0.1, on=KEPT, about="logits", finds=["input_changed"])
def arguments_kept(subject):
    """The caller's logits and labels are left as they were."""
    expect(subject).leaves_arguments(on=KEPT)


@check(points=0.2, on=REFUSED, finds=["bad_input_accepted"])
def refused(subject):
    """Logits and labels that do not fit together are refused."""
    expect(subject).refuses(ValueError, on=REFUSED, but=VALUES.probes[0])


def meet(subject, reference, group, coarse=None, far=None):
    """Compare with the reference; say which misconception a T is that is off by less, or by more, than a tenth."""
    for probe in group:
        got, want = subject(probe), reference(probe)
        near = abs(got[0] / want[0] - 1) < 0.1
        expect(got).close(want, within=reference.allowed(group, probe, want), otherwise=coarse if near else far)
