"""What a student can run: claims for small rows, each attacked at temperatures below it and held against the truth."""

from __future__ import annotations

import numpy as np

from grader import Claims, array, call, check, expect, probes


def distance(z, tau):
    """Return what the others hold together, R / (m + R), if each of the m maxima holds a share of 1."""
    highest = np.max(z)
    with np.errstate(all="ignore"):
        others = np.exp(np.multiply.outer(1 / tau, z[z < highest] - highest)).sum(axis=-1)  # (temperatures,)
    return others / (np.count_nonzero(z == highest) + others)


CLAIMS = Claims(distance=distance, grid=(1.0, 1.0 - 1e-9, 0.999, 0.5, 1e-3, 1e-6), full=0.5, none=0.05)


def exponent(asked, claim):
    """Observe gap / claim + log(eps): by how much the logarithm in a claim exceeds log(1 / eps).

    So two spellings of one idea, such as log(1 / eps) and log((1 - eps) / eps), are told from others as one.
    """
    z, eps = asked.arguments()[0]
    logits = np.array(z, np.float64)
    below = logits[np.isfinite(logits) & (logits < np.max(logits))]
    found = float(np.asarray(claim).item())
    if not (below.size and eps > 0):
        return found
    if found <= 0:
        return np.inf  # whatever it is divided by
    return float((np.max(logits) - np.max(below)) / found + np.log(eps))


def nearly(_asked, expected):
    """Allow 0.02: log(1 - eps) is at most that in claims with eps up to 0.02."""
    return np.full(np.shape(expected), 0.02)


def claims(name, cases):
    """Declare a group of calls, and beside it the true thresholds."""
    calls = [call("cold_certificate", array(case[0]), case[1]) for case in cases]
    return probes(name, calls, tolerance=nearly, observe=exponent), [case[2] for case in cases if len(case) > 2]


ORDINARY, TRUE_ORDINARY = claims(
    "ordinary",
    [
        ([1.0, 0.0], 0.01, 0.21762218018550925),
        ([1.0, 0.0], 0.001, 0.14478579767901795),
        ([0.0, -1.0, -1.0], 0.01, 0.18909786404425666),
        ([0.0, -1.0, -1.0], 0.001, 0.13158064477244205),
        ([2.0, 1.0, 0.1, -1.0], 0.001, 0.14474404123025195),
        ([100.0, 0.0, 0.0], 0.001, 13.158064477244206),
        ([0.02, 0.01, 0.01, 0.0], 0.0001, 0.0010097529463124692),
        ([2.0, 1.0, 0.1, -1.0], 1e-06, 0.07238239803216817),
        ([5.0, 4.0, 3.9, 3.8, 3.7, 3.6], 0.001, 0.1329662157965963),
        ([1.0, 0.0, -30.0, -30.0], 0.0001, 0.10857479937066469),
    ],
)

TIED, TRUE_TIED = claims(
    "tied",
    [
        ([3.0, 3.0, 1.0], 0.001, 0.3218742040638723),
        ([3.0, 3.0, 1.0, 1.0], 0.01, 0.4352443603710185),
        ([0.0, -0.5, 0.0, 0.0, -2.0], 0.001, 0.08608604188537627),
        ([2.0, -np.inf, 1.0], 0.001, 0.14478579767901795),
        ([-np.inf, 2.0, 2.0, 1.9, -np.inf], 0.0001, 0.01174109497351658),
        ([0.0] * 20 + [-1.0], 0.01, 0.6252393195012457),
        ([0.0, -1.0] + [-np.inf] * 30, 0.1, 0.45511961331341877),
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
        ([3.0, 3.0, 1.0], 0.4),
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


@check(points=0.5, on=ORDINARY, about="eps", finds=["eps_not_logged"])
def says_something(subject):
    """Each claim is a temperature above 0 that says something."""
    CLAIMS.say_something(subject, ORDINARY, TRUE_ORDINARY)


@check(
    points=1,
    on=ORDINARY,
    about="eps",
    needs=["says_something"],
    finds=["largest_gap", "leak_of_one_token", "log10_used", "runner_up_only"],
)
def sound(subject):
    """No temperature below a claim breaks it."""
    CLAIMS.attack(subject, ORDINARY, TRUE_ORDINARY)


@check(points=1, on=ORDINARY, about="eps", needs=["says_something"], finds=["coarse_search", "safety_factor"])
def tight(subject):
    """Claims come within a factor 2 of the truth."""
    CLAIMS.hold_against(subject, ORDINARY, TRUE_ORDINARY)


@check(
    points=0.4,
    on=TIED,
    about="z",
    needs=["says_something"],
    finds=["sup_norm_instead", "tied_gap_zero"],
)
def sound_with_ties(subject):
    """Ties and masks break no claim."""
    CLAIMS.attack(subject, TIED, TRUE_TIED)


@check(points=0.3, on=TIED, about="z", needs=["says_something"], finds=["masks_counted", "maxima_counted_as_one"])
def tight_with_ties(subject):
    """Claims stay large with ties and masks."""
    CLAIMS.hold_against(subject, TIED, TRUE_TIED)


@check(points=0.5, on=ALWAYS, about="z", finds=["infinite_claim_missing"])
def always(subject, reference):
    """Where every temperature works, the claim is inf."""
    expect(subject).agrees(reference, on=ALWAYS)


@check(points=0.3, on=REFUSED, finds=["bad_input_accepted"])
def refused(subject):
    """What has no answer is refused."""
    expect(subject).refuses(ValueError, on=REFUSED)
