"""What only the graded run asks: more ties, masks and near ties, and distances down to 1e-290."""

from __future__ import annotations

import numpy as np

from grader import array, call, check, draws, expect, probes

from .public import close, distance, share


def _logits(seed, count, scale=2.0):
    """Return random logits with two decimals, so that a case can be read."""
    return draws(seed).normal(0.0, scale, count).round(2)


MORE_COLD = probes(
    "more_cold",
    [
        call("limit_cold", array([4.0, -1.0, 2.5])),
        call("limit_cold", _logits(1, 12)),
        call("limit_cold", array([0.5, 0.5, -1.0, 0.5, 0.5])),
        call("limit_cold", array([-np.inf, -6.0, -np.inf, -6.0, -9.0])),
        call("limit_cold", array([-np.inf, 2.0])),
        call("limit_cold", np.zeros(7)),
        call("limit_cold", array([1e300, -1e300, 1e300])),
        call("limit_cold", np.tile([1.0, 0.0, 1.0, 0.5], 50)),
    ],
    tolerance=share,
)

MORE_HOT = probes(
    "more_hot",
    [
        call("limit_hot", _logits(2, 11)),
        call("limit_hot", array([4.0, 4.0, -1.0])),
        call("limit_hot", array([-np.inf, 2.0])),
        call("limit_hot", array([1e300, -1e300, -np.inf])),
        call("limit_hot", array([-np.inf] * 5 + [0.0, 9.0])),
        call("limit_hot", np.where(np.arange(300) % 3 == 0, -np.inf, np.arange(300.0))),
    ],
    tolerance=share,
)

MORE_NEAR = probes(
    "more_near",
    [
        call("limit_cold", array([0.0, -0.004, -1.0])),
        call("limit_cold", array([2.0, 2.0 - 1e-7])),
        call("limit_cold", array([-1.0, -1.0 - 2e-10, -1.0])),
        call("limit_cold", array([1.0, 1.0 - 2.0**-52, 1.0])),
        call("limit_cold", array([0.0, -5e-324])),
        call("limit_cold", array([1e6, 1e6 - 1e-9, 1e6, -np.inf])),
        call("limit_cold", array([3e-15, 1e-15, 3e-15, 0.0])),
    ],
    tolerance=share,
)

MORE_DISTANCES = probes(
    "more_distances",
    [
        close(array([0.0]), 1.0, "cold"),
        close(array([0.0]), 1.0, "hot"),
        *[close(_logits(n, n), tau, which) for n in (3, 6, 20) for tau in (0.7, 3.0) for which in ("cold", "hot")],
        close(array([1.0, 1.0, 1.0, 0.0, 0.0]), 0.4, "cold"),
        close(array([1.0, 1.0, 1.0, 0.0, 0.0]), 0.4, "hot"),
        close(array([-np.inf, 2.0, 2.0, -np.inf, -1.0]), 1.5, "cold"),
        close(array([-np.inf, 2.0, 2.0, -np.inf, -1.0]), 1.5, "hot"),
        close(array([1.0, 0.5, 0.0]), 1e4, "cold"),
        close(array([1.0, 0.5, 0.5, 0.0]), 1e-3, "hot"),
        close(array([1e6, 1e6 - 3e5, -1e6]), 2e5, "cold"),
        close(array([1e6, 1e6 - 3e5, -1e6]), 2e5, "hot"),
        close(array([2e-6, 0.0, 1e-6]), 1e-6, "cold"),
        close(array([2e-6, 0.0, 1e-6]), 1e-6, "hot"),
    ],
    tolerance=distance,
)

TINY = probes(
    "tiny",
    [
        close(array([2.0, 0.0]), 0.1, "cold"),
        close(array([0.0, -1.0, -1.0, -1.5]), 0.01, "cold"),
        close(array([0.0, 0.0, -3.0, -3.0, -7.0]), 0.03, "cold"),
        close(array([0.0, -650.0]), 1.0, "cold"),
        close(array([1e-300, 0.0]), 1e-302, "cold"),
        close(array([0.0, -1e-9, -1.0]), 1e-11, "cold"),
        close(array([3.0, -np.inf, -1.0]), 0.02, "cold"),
        close(array([1.0, 0.0]), 1e-5, "cold"),
        close(array([1.0, 0.0, 0.0]), 1e7, "hot"),
        close(array([2.0, 1.0, 0.25, -1.5]), 1e12, "hot"),
        close(array([0.0, -np.inf, 3.0, 3.0]), 1e15, "hot"),
        close(array([1e-9, 0.0]), 10.0, "hot"),
        close(np.where(np.arange(1000) == 7, 1.0, 0.0), 1e9, "hot"),
        close(array([4.0, -4.0]), 1e100, "hot"),
    ],
    tolerance=distance,
)

KEPT = probes(
    "kept",
    [
        call("limit_cold", array([3.0, 1.0])),
        call("limit_hot", array([3.0, 1.0])),
        close(array([3.0, 1.0]), 1.0, "cold"),
        close(array([3.0, -np.inf, 1.0]), 1.0, "hot"),
    ],
    observes_arguments=True,
)

MORE_REFUSED = probes(
    "more_refused",
    [
        close(array([1.0, 0.0]), -0.5, "cold"),
        close(array([1.0, 0.0]), 0, "hot"),
        close(array([2.0, 0.5]), np.nan, "cold"),
        close(array([1.0, 0.0]), 1.0, "COLD"),
        close(array([1.0, 0.0]), 1.0, ""),
        close(array([np.nan, 0.0]), 1.0, "hot"),
        close(array([]), 1.0, "cold"),
        close(array([-np.inf]), 1.0, "cold"),
        call("limit_cold", np.full(3, -np.inf)),
        call("limit_cold", array([np.inf, 0.0])),
        call("limit_hot", array([1.0, np.nan])),
        call("limit_hot", []),
    ],
)


@check(points=0.5, on=MORE_COLD, about="z", finds=["one_winner"])
def more_cold_limits(subject, reference):
    """More ties and masks at tau towards 0."""
    expect(subject).agrees(reference, on=MORE_COLD)


@check(points=0.4, on=MORE_HOT, about="z", finds=["masks_counted"])
def more_hot_limits(subject, reference):
    """More masks at tau towards infinity."""
    expect(subject).agrees(reference, on=MORE_HOT)


@check(points=0.5, on=MORE_NEAR, about="z", finds=["near_ties_merged", "finite_tau_plugged_in"])
def more_near_ties(subject, reference):
    """Gaps down to the last digit of a float."""
    expect(subject).agrees(reference, on=MORE_NEAR)


@check(points=0.7, on=MORE_DISTANCES, about="which", finds=["sup_norm_instead", "ties_not_counted"])
def more_distances(subject, reference):
    """Distances for other rows, scales and temperatures."""
    expect(subject).agrees(reference, on=MORE_DISTANCES)


@check(points=1.0, on=TINY, about="tau", finds=["distance_cancels"])
def tiny_distances(subject, reference):
    """Distances down to 1e-290 keep ten digits."""
    expect(subject).agrees(reference, on=TINY)


@check(
    points=0.4,
    on=MORE_REFUSED,
    finds=["bad_input_accepted"],
)
def more_refused(subject):
    """Everything without an answer is refused."""
    expect(subject).refuses(ValueError, on=MORE_REFUSED)
