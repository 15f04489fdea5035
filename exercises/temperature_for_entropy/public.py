"""What a student can run: the entropy at the temperature that came back is held against the one that was asked for."""

from __future__ import annotations

import functools

import numpy as np

from grader import array, call, check, expect, probes

GOLDEN = [2.0, 1.0, 0.1, -1.0]
LOG2, LOG3, LOG4 = 0.6931471805599453, 1.0986122886681098, 1.3862943611198906
NEAR = 1e-10  # an entropy is a sum of terms of size 1, right to 1e-15; a search that ends early is off by far more
DOUBTFUL = 0.05  # up to this error an answer is the right one, found badly


@functools.cache
def asked_of(asked):
    """Return how far each unmasked logit of a call lies below the largest, and the entropy, worked out once per run."""
    z, h = asked.arguments()[0]
    row = np.array(z, np.float64)
    with np.errstate(all="ignore"):  # an answer to what is no row may be looked at, too
        return np.max(row, initial=-np.inf) - row[np.isfinite(row)], h


def reached(gaps, tau):
    """Return the entropy in nats at a temperature, the logarithm of the total weight plus the mean exponent."""
    with np.errstate(all="ignore"):
        depth = np.minimum(gaps / tau, 800.0)  # beyond that exp gives 0
        share = np.exp(-depth)
        total = share.sum()
        return float(np.log(total) + share @ depth / total)


def entropy_reached(asked, answer):
    """Observe the entropy at the temperature, of an array how much is in it; what else is no temperature, as it is."""
    if isinstance(answer, np.ndarray) and answer.ndim:
        return f"an array of {answer.size}"
    if np.ndim(answer) or np.asarray(answer).dtype.kind not in "fiu":
        return answer
    tau = float(answer)
    return np.array([reached(asked_of(asked)[0], tau)]) if 0 < tau < np.inf else tau


def nearly(_asked, expected):
    """Allow 1e-10 of entropy, as the contract does."""
    return np.full(np.shape(expected), NEAR)


def asked_for(name, cases, *, given=array, **more):
    """Declare a group of calls."""
    calls = [call("temperature_for_entropy", given(z), h) for z, h in cases]
    return probes(name, calls, tolerance=nearly, observe=entropy_reached, **more)


ORDINARY = asked_for(
    "ordinary",
    [
        ([1.0, 0.0], 0.5),
        ([1.0, 0.0], 0.2),
        ([0.0, 1.0, 2.0], 0.8),
        (GOLDEN, 1.0),
        (GOLDEN, 0.5),
        (GOLDEN, 1.2),
        (GOLDEN, 1.38),
        ([5.0, 0.0, -3.0], 0.7),
        ([0.5, -0.3, 0.2, 0.1, -2.0], 1.5),
        ([4.0, 3.0, 2.0, 1.0, 0.0, -2.0], 1.4666549),
    ],
)

ENDS = asked_for(
    "ends",
    [
        ([1.0, 0.0], 1e-3),
        ([1.0, 0.0], LOG2 - 1e-4),
        (GOLDEN, 1e-3),
        (GOLDEN, 1e-6),
        (GOLDEN, 1e-9),
        ([0.0, -1.0, -1000.0], 0.01),
        (GOLDEN, LOG4 - 1e-6),
        (GOLDEN, LOG4 - 1e-9),
    ],
)

SCALED = asked_for(
    "scaled",
    [
        ([1e6, 0.0], 0.5),
        ([1e-6, 0.0], 0.5),
        ([logit * 1e6 for logit in GOLDEN], 1.0),
        ([logit * 1e-6 for logit in GOLDEN], 1.0),
        ([logit * 1e6 for logit in GOLDEN], 0.01),
        ([logit * 1e-6 for logit in GOLDEN], 1.38),
        ([3e6, 1e6, -5e6], 0.9),
        ([3e-6, 1e-6, -5e-6], 0.3),
    ],
)

OFFSET = asked_for(
    "offset",
    [
        ([1000.0, 999.0], 0.5),
        ([-1000.0, -1001.0, -1003.0], 0.7),
        ([1e6 + 2, 1e6 + 1, 1e6], 0.8),
    ],
)

TIED = asked_for(
    "tied",
    [
        ([3.0, 3.0, 1.0], 0.9),
        ([3.0, 3.0, 1.0], 0.7),
        ([1.0, -np.inf, 0.0], 0.5),
        ([2.0, 0.0, 0.0, 0.0], 1.1),
        ([-np.inf, 2.0, 2.0, 0.0, -np.inf], 1.0),
        ([1.0, 1.0, 1.0, 0.0, -np.inf], 1.2),
    ],
)

KINDS = asked_for(
    "kinds",
    [
        ([1, 0], 0.5),
        ((0.0, 1.0, 2.0), 1),
        (array([1.0, 0.5, -2.0], dtype="float32"), 0.75),
        (array([3, 0, 1], dtype="int64"), 0.5),
    ],
    given=lambda z: z,
)

NO_TARGET = asked_for(
    "no_target",
    [
        ([1.0, 0.0], 0.7),
        ([1.0, 0.0], -0.1),
        ([1.0, 0.0], 0.0),
        (GOLDEN, LOG4),
        (GOLDEN, np.nan),
        ([3.0, 3.0, 1.0], 0.5),
        ([3.0, 3.0, 1.0], LOG2),
        ([1.0, -np.inf, 0.0], 0.9),
        ([2.0, 2.0], 0.5),
        ([4.0], 0.0),
    ],
)

NO_ROW = asked_for(
    "no_row",
    [
        ([], 0.5),
        ([0.0, np.nan, 1.0], 0.5),
        ([0.0, 1.0, np.inf], 0.5),
        ([-np.inf, -np.inf], 0.5),
    ],
)


@check(
    points=1.5,
    on=ORDINARY,
    about="h",
    finds=[
        "array_returned",
        "beta_returned",
        "bits_used",
        "direction_reversed",
        "entropy_returned",
        "hot_formula",
        "newton_without_bracket",
        "perplexity_asked",
        "search_object_returned",
        "search_too_coarse",
        "share_of_maximum",
        "unit_forgotten",
    ],
)
def reaches(subject):
    """The entropy at this temperature is the one asked for."""
    reach(subject, ORDINARY, finds=reaches.finds)


@check(
    points=1,
    on=ENDS,
    about="h",
    needs=["reaches"],
    finds=["bracket_fixed", "zero_times_log"],
)
def reaches_near_the_ends(subject):
    """Entropies near both ends have temperatures, too."""
    reach(subject, ENDS, finds=reaches_near_the_ends.finds)


@check(points=0.75, on=SCALED, about="z", needs=["reaches"], finds=["bracket_fixed", "tolerance_not_scaled"])
def reaches_at_every_scale(subject):
    """The logits may be a million times larger or smaller."""
    reach(subject, SCALED, finds=reaches_at_every_scale.finds)


@check(points=0.25, on=OFFSET, about="z", needs=["reaches"], finds=["overflow"])
def reaches_far_from_zero(subject):
    """A number added to all logits changes nothing."""
    reach(subject, OFFSET, finds=reaches_far_from_zero.finds)


@check(points=0.5, on=TIED, about="z", needs=["reaches"], finds=["mask_becomes_nan"])
def reaches_with_ties(subject):
    """Ties lift the lower end, and masks lower the upper one."""
    reach(subject, TIED, finds=reaches_with_ties.finds)


@check(points=0.25, on=KINDS, about="z", needs=["reaches"], finds=["list_not_converted"])
def kinds_of_input(subject):
    """Lists, integers and float32 work as well."""
    reach(subject, KINDS, finds=kinds_of_input.finds)


@check(
    points=0.5,
    on=NO_TARGET,
    about="h",
    finds=["ends_accepted", "masks_counted", "other_exception", "target_not_tested", "ties_not_counted"],
)
def no_such_entropy(subject):
    """An entropy that no temperature has is refused."""
    expect(subject).refuses(ValueError, on=NO_TARGET, but=ORDINARY.probes[0])


@check(points=0.25, on=NO_ROW, about="z", finds=["bad_row_accepted"])
def no_such_row(subject):
    """What is no row of logits is refused."""
    expect(subject).refuses(ValueError, on=NO_ROW, but=ORDINARY.probes[0])


def reach(subject, group, *, finds):
    """Compute the entropy at every temperature that came back, and hold it against what was asked for."""
    for probe in group:
        got = subject(probe)
        expect(got).shape(())
        tau = float(got)
        gaps, h = asked_of(probe.call)
        entropy = reached(gaps, tau) if 0 < tau < np.inf else np.nan
        if not abs(entropy - h) <= NEAR:
            known = {"asked": h, "tau": tau}
            known |= {"reached": entropy, "off": abs(entropy - h)} if 0 < tau < np.inf else {}
            names = ["search_too_coarse", "tolerance_not_scaled"] if abs(entropy - h) < DOUBTFUL else []
            name = next((name for name in names if name in finds), None)
            expect(got).that(condition=False, otherwise=name, saying=known)
