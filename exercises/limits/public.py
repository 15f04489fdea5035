"""What a student can run: the two limits, then the distance to them, then the same where it is tiny."""

from __future__ import annotations

import numpy as np

from grader import array, call, check, expect, probes

EPS = np.finfo(np.float64).eps


def share(_asked, expected):
    """Allow 1e-12: a share of a limit is one quotient of whole numbers, right to the last digit."""
    return np.full(np.shape(expected), 1e-12)


def distance(asked, expected):
    """Allow a relative error of 1e-10, and what dividing by tau first may lose.

    An exponent x = (z_i - max z) / tau carries two roundings, so a weight is off by a relative eps |x|: 1.7e-13 at
    x = -745. Sums of a thousand weights add as much. Whoever divides z by tau before subtracting loses
    eps max|z| / tau in the exponent instead; 8 leaves room, and beyond 1e-3 nothing is near enough. Taking 1 - q at
    1e-9 from a limit is off by 1e-7: a thousand times more than is allowed.
    """
    z, tau, _which = asked.arguments()[0]
    logits = np.array(z, np.float64)
    size = np.max(np.abs(logits), where=np.isfinite(logits), initial=0.0)
    with np.errstate(all="ignore"):
        return (1e-10 + np.fmin(8 * EPS * size / tau, 1e-3)) * np.abs(expected)


def close(z, tau, which):
    """Declare one call for a distance."""
    return call("close_to_limit", z, tau, which)


COLD = probes(
    "cold",
    [
        call("limit_cold", array([0.0, 1.0])),
        call("limit_cold", array([2.0, 0.0, -1.0])),
        call("limit_cold", array([3.0, 3.0, 1.0])),
        call("limit_cold", array([2.0, 2.0, 2.0])),
        call("limit_cold", array([-1.0, -4.0, -1.0, -2.0, -1.0])),
        call("limit_cold", array([7.0])),
        call("limit_cold", array([1.0, -np.inf, 1.0])),
    ],
    tolerance=share,
)

HOT = probes(
    "hot",
    [
        call("limit_hot", array([0.0, 1.0])),
        call("limit_hot", array([2.0, 0.0, -1.0, 0.0])),
        call("limit_hot", array([7.0])),
        call("limit_hot", array([1e6, 0.0, -1e6])),
        call("limit_hot", array([0.0, -np.inf, 1.0])),
        call("limit_hot", array([-np.inf, 3.0, -np.inf, -2.0, 3.0])),
    ],
    tolerance=share,
)

NEAR = probes(
    "near",
    [
        call("limit_cold", array([0.0, -0.01])),
        call("limit_cold", array([1.0, 1.0 - 1e-5, 0.0])),
        call("limit_cold", array([0.0, -1e-9])),
        call("limit_cold", array([0.0, 1e-12, 1e-12])),
        call("limit_cold", array([1e-300, 0.0])),
        call("limit_cold", array([1e4, 1e4 - 1e-8])),
    ],
    tolerance=share,
)

DISTANCES = probes(
    "distances",
    [
        close(array([1.0, 0.0]), 0.5, "cold"),
        close(array([1.0, 0.0]), 2.0, "hot"),
        close(array([2.0, 0.0, -1.0]), 1.0, "cold"),
        close(array([2.0, 0.0, -1.0]), 1.0, "hot"),
        close(array([3.0, 3.0, 1.0]), 0.5, "cold"),
        close(array([3.0, 3.0, 1.0]), 4.0, "hot"),
        close(array([2.0, 2.0, 0.0, 0.0]), 1.0, "cold"),
        close(array([2.0, 2.0, 0.0, 0.0]), 3.0, "hot"),
        close(array([2.0, 2.0]), 1.0, "cold"),
        close(array([2.0, 2.0]), 1.0, "hot"),
        close(array([1.0, -np.inf, 0.0]), 0.5, "cold"),
        close(array([1.0, -np.inf, 0.0]), 2.0, "hot"),
    ],
    tolerance=distance,
)

LARGE = probes(
    "large",
    [
        close(array([1000.0, 999.0]), 1.0, "cold"),
        close(array([1000.0, 999.0]), 1.0, "hot"),
        close(array([-1000.0, -1001.0, -1003.0]), 0.5, "cold"),
        close(array([-1000.0, -1001.0, -1003.0]), 0.5, "hot"),
    ],
    tolerance=distance,
)

SMALL = probes(
    "small",
    [
        close(array([1.0, 0.0]), 0.05, "cold"),
        close(array([1.0, 0.0]), 1e6, "hot"),
        close(array([3.0, 3.0, 1.0, 1.0]), 0.05, "cold"),
        close(array([2.0, 0.0, -1.0]), 1e8, "hot"),
        close(array([1.0, 0.0]), 0.01, "cold"),
        close(array([0.0, 1.0, -np.inf]), 1e10, "hot"),
    ],
    tolerance=distance,
)

KINDS = probes(
    "kinds",
    [
        call("limit_cold", [3, 3, 1]),
        call("limit_hot", [5, -2]),
        close([1, 0], 1, "cold"),
        close(array([1.0, 0.5], dtype="float32"), 2.0, "hot"),
    ],
    tolerance=lambda asked, expected: (distance if asked.function == "close_to_limit" else share)(asked, expected),
)

REFUSED = probes(
    "refused",
    [
        close(array([1.0, 0.0]), 0.0, "cold"),
        close(array([1.0, 0.0]), -1.0, "hot"),
        close(array([1.0, 0.0]), 1.0, "warm"),
        call("limit_cold", array([])),
        call("limit_cold", array([0.0, np.nan])),
        call("limit_hot", array([-np.inf, -np.inf])),
        call("limit_hot", array([0.0, np.inf])),
    ],
)


@check(points=0.4, on=COLD, about="z", finds=["limits_exchanged", "not_normalised", "one_winner"])
def cold_limit(subject, reference):
    """At tau towards 0 the largest logits share everything."""
    expect(subject).agrees(reference, on=COLD, saying=_sum)


@check(
    points=0.3,
    on=HOT,
    about="z",
    finds=["finite_tau_plugged_in", "mask_becomes_nan", "masks_counted", "not_normalised"],
)
def hot_limit(subject, reference):
    """At tau towards infinity the unmasked tokens share everything."""
    expect(subject).agrees(reference, on=HOT, saying=_sum)


@check(points=0.3, on=NEAR, about="z", finds=["near_ties_merged", "finite_tau_plugged_in"])
def near_ties(subject, reference):
    """Logits that nearly tie are no ties."""
    expect(subject).agrees(reference, on=NEAR, saying=_smallest_gap)


@check(
    points=0.4,
    on=DISTANCES,
    about="which",
    finds=[
        "half_forgotten",
        "masks_counted",
        "sup_norm_instead",
        "ties_not_counted",
        "which_ignored",
    ],
)
def distances(subject, reference):
    """The distance in total variation, to either limit."""
    expect(subject).agrees(reference, on=DISTANCES)


@check(points=0.2, on=LARGE, about="z", finds=["shift_missing"])
def large_logits(subject, reference):
    """Large logits have ordinary distances."""
    expect(subject).agrees(reference, on=LARGE)


@check(points=0.5, on=SMALL, about="tau", finds=["distance_cancels"])
def small_distances(subject, reference):
    """A tiny distance keeps ten digits."""
    expect(subject).agrees(reference, on=SMALL, saying=_digits_lost)


@check(points=0.1, on=KINDS, about="z", finds=["list_not_converted"])
def kinds_of_input(subject, reference):
    """Lists, integers and float32 work as well."""
    expect(subject).agrees(reference, on=KINDS)


@check(
    points=0.2,
    on=REFUSED,
    finds=["bad_input_accepted"],
)
def refused(subject):
    """What has no answer is refused."""
    expect(subject).refuses(ValueError, on=REFUSED)


def _sum(_probe, want, got):
    """Return what the shares add up to, unless it is 1; then how far one of them is off."""
    total = float(np.sum(got))
    if not abs(total - 1) <= 1e-12:  # some eps for each of a few summands; nan is beyond any number
        return {"sum": total}
    off = np.abs(got - want)
    return {"off": float(np.max(off)), "expected": float(want[np.argmax(off)])}


def _smallest_gap(probe, _want, _got):
    """Return the distance between the two largest different logits."""
    different = np.unique(np.asarray(probe.call.arguments()[0][0], dtype=np.float64))
    return {"gap": float(different[-1] - different[-2])}


def _digits_lost(_probe, want, got):
    """Return by which share a distance is off: of two that differ in the eighth digit only that tells."""
    return {"relative": float(np.abs(np.asarray(got) / np.asarray(want) - 1))}
