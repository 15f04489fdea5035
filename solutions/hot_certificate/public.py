"""What a student can run: claims for small rows, each attacked at temperatures above it and held against the truth."""

from __future__ import annotations

import numpy as np

from grader import Claims, array, call, check, expect, probes


def difference(z, tau):
    """Return the largest difference from the uniform share, without a difference that cancels.

    Each weight is 1 + w with w = exp(x) - 1, found by expm1. So q - 1 / V is (w - mean w) / (V + sum w).
    """
    logits = np.extract(np.isfinite(z), z)
    with np.errstate(all="ignore"):
        above = np.expm1((logits - np.max(logits)) / tau[:, np.newaxis])  # (temperatures, V)
        middle = np.mean(above, axis=-1)
        return np.maximum(np.max(above, axis=-1) - middle, middle - np.min(above, axis=-1)) / (1 + middle) / len(logits)


CLAIMS = Claims(
    distance=difference,
    grid=(1.0, 1.0 + 1e-9, 1.001, 2.0, 1e3, 1e6, 1e9, 1e12),
    full=1 / 3,
    none=1 / 30,
    above=True,
)


def steepness(asked, claim):
    """Observe (max z - min z) / (claim V eps): how much temperature each eps costs, whatever the scale of the row.

    So two spellings of one idea, such as log(1 + eps) and eps, are told from others as one.
    """
    z, eps = asked.arguments()[0]
    logits = np.extract(np.isfinite(z), z)
    found = float(np.asarray(claim).item())
    if not (logits.size and eps > 0 and np.ptp(logits) > 0):
        return found
    if found <= 0:
        return np.inf if found == 0 else -np.inf
    with np.errstate(over="ignore"):
        return float(np.ptp(logits) / found / (logits.size * eps))


def nearly(_asked, expected):
    """Allow 2 in 100: log(1 + eps) is nearer than that to eps in claims with eps up to 0.02."""
    return 0.02 * np.abs(expected)


def claims(name, cases):
    """Declare a group of calls, and beside it the true thresholds."""
    calls = [call("hot_certificate", array(case[0]), case[1]) for case in cases]
    return probes(name, calls, tolerance=nearly, observe=steepness), [case[2] for case in cases if len(case) > 2]


ORDINARY, TRUE_ORDINARY = claims(
    "ordinary",
    [
        ([1.0, 0.0], 0.01, 24.996666311036588),
        ([1.0, 0.0], 0.001, 249.999666666311),
        ([2.0, 0.0, 0.0], 0.01, 44.770332618728276),
        ([0.0, 0.0, 0.0, -3.0], 0.001, 561.7486648839769),
        ([2.0, 1.0, 0.1, -1.0], 0.01, 37.755071590872774),
        ([2.0, 1.0, 0.1, -1.0], 1e-6, 381249.63975314214),
        ([5.0] + [0.0] * 9, 0.04, 13.091246145152171),
        ([100.0, 101.0, 100.5], 0.001, 166.74970856193636),
        ([0.02, 0.01, 0.01, 0.0], 1e-4, 25.002499416749966),
        ([0.0, -1.0, -2.0, -3.0, -4.0, -30.0], 0.05, 67.5147028816222),
        ([1.0] * 6 + [0.0] * 6, 0.001, 41.66466658986088),
    ],
)

MASKED, TRUE_MASKED = claims(
    "masked",
    [
        ([1.0, 0.0, -np.inf], 0.001, 249.999666666311),
        ([-np.inf, 2.5, 2.5, 1.0, -np.inf], 0.01, 33.07766505010646),
        ([3.0, 3.0, 1.0, 1.0], 0.01, 24.98666097300498),
        ([0.0, -2.0] + [-np.inf] * 30, 0.01, 49.993332622073176),
        ([-np.inf, 4.0, -np.inf, 4.0, 0.0, 4.0], 1e-4, 7498.999822198497),
        ([4.0, -np.inf, 4.0, 0.0, 4.0], 0.1, 6.289419262276147),
        ([7.0, 0.0, -np.inf, 0.0, 0.0], 0.3, 5.387586911781035),
    ],
)

ALWAYS, _ = claims(
    "always",
    [
        ([2.0, 2.0], 1e-3),
        ([4.0], 1e-6),
        ([2.0, -np.inf], 1e-3),
        ([1.0, 0.0], 0.5),
        ([1.0, 0.0], 0.6),
        ([3.0, 0.0, 0.0], 0.7),
        ([3.0, 3.0, 1.0, 1.0], 0.25),
        ([0.0, -1.0, -1.0], 1.0),
    ],
)

REFUSED, _ = claims(
    "refused",
    [
        ([1.0, 0.0], 0.0),
        ([1.0, 0.0], -0.1),
        ([1.0, 0.0], np.nan),
        ([], 0.1),
        ([0.0, np.nan], 0.1),
        ([0.0, np.inf], 0.1),
        ([-np.inf, -np.inf], 0.1),
    ],
)


@check(points=0.5, on=ORDINARY, about="eps", finds=["negative_claim", "spread_forgotten"])
def says_something(subject):
    """Each claim is a temperature, 0 or above, that says something."""
    CLAIMS.say_something(subject, ORDINARY, TRUE_ORDINARY)


@check(
    points=1,
    on=ORDINARY,
    about="eps",
    needs=["says_something"],
    finds=["eps_multiplied", "first_order_only", "gap_instead_of_spread", "middle_instead_of_mean", "one_side_only"],
)
def sound(subject):
    """No temperature above a claim breaks it."""
    CLAIMS.attack(subject, ORDINARY, TRUE_ORDINARY)


@check(
    points=1,
    on=ORDINARY,
    about="eps",
    needs=["says_something"],
    finds=["coarse_search", "other_base", "safety_factor", "share_of_uniform"],
)
def tight(subject):
    """Claims come within a factor 3 of the truth."""
    CLAIMS.hold_against(subject, ORDINARY, TRUE_ORDINARY)


@check(points=0.5, on=MASKED, about="z", needs=["says_something"], finds=["masks_counted", "zero_claimed_too_early"])
def sound_with_masks(subject):
    """Masks and ties break no claim."""
    CLAIMS.attack(subject, MASKED, TRUE_MASKED)


@check(points=0.4, on=MASKED, about="z", needs=["says_something"], finds=["masked_gap_infinite"])
def tight_with_masks(subject):
    """Claims stay small with masks and ties."""
    CLAIMS.hold_against(subject, MASKED, TRUE_MASKED)


@check(points=0.4, on=ALWAYS, about="z", finds=["zero_claim_missing"])
def always(subject, reference):
    """Where every temperature works, the claim is 0."""
    expect(subject).agrees(reference, on=ALWAYS)


@check(points=0.2, on=REFUSED, finds=["bad_input_accepted"])
def refused(subject):
    """What has no answer is refused."""
    expect(subject).refuses(ValueError, on=REFUSED)
