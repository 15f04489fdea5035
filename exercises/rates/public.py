"""What a student can run: five measured numbers for rows of different scale, with ties and with masks."""

from __future__ import annotations

import sys

import numpy as np

from grader import array, call, check, expect, probes

HOT, COLD = ("hot_slope", "hot_const"), ("cold_slope", "cold_const", "gap")
# A line fitted where the law holds is off by less than 1e-3: the terms that it leaves out are smaller than that at a
# tau of 1000 spreads, and at a tau where the tokens of the next level have a thousandth of the weight. So 0.01 is ten
# times what a good range gives; a range that ends in rounding, or begins before the law holds, is off by more.
FULL, NONE = 0.01, 0.1
ANY = sys.float_info.max  # an error that every number may have, but inf and nan may not
UNITLESS = {"hot_slope": 1e-3, "cold_const": FULL}  # and how far one that is 0 may be from it
ROUNDING = 1e-9  # what it leaves of another that is 0, in units of the spread


def rows(name, cases):
    """Declare rows as a group for each law: who misses both laws hears of both."""
    calls = [call("rates", array(case)) for case in cases]
    return tuple(
        probes(
            f"{name}_{law}",
            calls,
            tolerance=lambda _asked, expected, names=names: _nearly(expected, names),
            observe=lambda asked, found, names=names: _scaled(asked, found, names),
        )
        for law, names in (("hot", HOT), ("cold", COLD))
    )


def _scaled(asked, found, names):
    """Observe numbers in units of the spread, so that rows of any scale are told alike."""
    logits = np.extract(np.isfinite(asked.arguments()[0][0]), asked.arguments()[0][0])
    return np.array([float(found[name]) / (1.0 if name in UNITLESS else np.ptp(logits)) for name in names])


def _nearly(expected, names):
    """Allow 1 in 100, as the checks do, and the rounding of a 0."""
    return FULL * np.abs(expected) + np.array([UNITLESS.get(name, ROUNDING) for name in names])


ORDINARY_HOT, ORDINARY_COLD = rows(
    "ordinary",
    [
        [1.0, 0.0],
        [0.0, -1.0, -1.0, -3.0],
        [2.0, 1.0, 0.1, -1.0],
        [2000.0, 1000.0, 100.0, -1000.0],
        [0.03, 0.01, 0.0, 0.0, 0.0],
        [4e5, 4e5 - 5e4, 3e5, 0.0, -1e5],
        [0.0, 0.0005, 0.001, 0.004],
    ],
)

TIED_HOT, TIED_COLD = rows(
    "tied",
    [
        [3.0, 3.0, 1.0],
        [0.0, -0.5, 0.0, 0.0, -2.0, -0.5],
        [2.0, -np.inf, 1.0, 0.0],
        [7.0, 0.0, -np.inf, -np.inf, -np.inf, 7.0, 0.0, 0.0],
        [5000.0, 5000.0, 4000.0, 3000.0],
        [0.0, -1.0] + [-np.inf] * 8,
    ],
)

REFUSED = probes(
    "refused",
    [
        call("rates", array(row))
        for row in ([2.0, 2.0], [4.0], [1.0, -np.inf], [], [0.0, np.nan], [0.0, np.inf], [-np.inf, -np.inf])
    ],
)


@check(points=0.6, on=ORDINARY_COLD, about="z", finds=["range_underflows"])
def five_numbers(subject, reference):
    """The result is a dict of five finite numbers."""
    for probe in ORDINARY_COLD:
        expect(subject(probe)).close(reference(probe), within=ANY)


@check(
    points=0.5,
    on=ORDINARY_HOT,
    about="z",
    needs=["five_numbers"],
    finds=["entropy_instead", "hot_range_fixed", "hot_range_too_near"],
)
def hot_slope(subject, reference):
    """The hot slope is measured."""
    measure(subject, reference, ORDINARY_HOT, ["hot_slope"])


@check(
    points=0.5,
    on=ORDINARY_HOT,
    about="z",
    needs=["five_numbers"],
    finds=["hot_logarithm_returned", "one_side_only", "share_of_uniform", "spread_quoted", "total_variation_instead"],
)
def hot_constant(subject, reference):
    """The hot constant is measured."""
    measure(subject, reference, ORDINARY_HOT, ["hot_const"])


@check(
    points=0.5,
    on=ORDINARY_COLD,
    about="z",
    needs=["five_numbers"],
    finds=["cold_range_fixed", "cold_range_too_near", "fitted_against_tau", "log10_used", "sign_dropped"],
)
def cold_slope(subject, reference):
    """The cold slope is measured."""
    measure(subject, reference, ORDINARY_COLD, ["cold_slope"])


@check(
    points=0.5,
    on=ORDINARY_COLD,
    about="z",
    needs=["five_numbers"],
    finds=["all_others_counted", "cold_exponential_returned", "line_through_origin"],
)
def cold_constant(subject, reference):
    """The cold constant is measured."""
    measure(subject, reference, ORDINARY_COLD, ["cold_const"])


@check(points=0.4, on=ORDINARY_COLD, about="z", needs=["five_numbers"], finds=["spread_as_gap"])
def gap(subject, reference):
    """The gap is the one to the next logit."""
    measure(subject, reference, ORDINARY_COLD, ["gap"])


@check(points=0.2, on=TIED_HOT, about="z", needs=["five_numbers"], finds=["masks_counted"])
def hot_with_ties_and_masks(subject, reference):
    """The hot law is measured with ties and masks."""
    measure(subject, reference, TIED_HOT, HOT)


@check(
    points=0.4,
    on=TIED_COLD,
    about="z",
    needs=["five_numbers"],
    finds=["maxima_not_counted", "one_winner", "sup_norm_instead", "tied_gap_zero"],
)
def cold_with_ties_and_masks(subject, reference):
    """The cold law is measured with ties and masks."""
    measure(subject, reference, TIED_COLD, COLD)


@check(points=0.2, on=REFUSED, finds=["bad_input_accepted"])
def refused(subject):
    """What has no answer is refused."""
    expect(subject).refuses(ValueError, on=REFUSED)


def measure(subject, reference, group, names):
    """Give each number its share of the points, and show the one that earns least.

    All up to an error of 0.01, nothing from 0.1 on, and in proportion between them. The error is relative, but for
    cold_const: as the logarithm of a ratio its error is already that of the ratio.
    """
    shares, worst = [], None
    for probe in group:
        right, got = reference(probe), subject(probe)
        expect(got).close(right, within=ANY)
        for name in names:
            true, said = float(right[name]), float(np.asarray(got[name]).item())
            error = abs(said - true) / (1.0 if name == "cold_const" else abs(true))
            share = min(1.0, max(0.0, (NONE - error) / (NONE - FULL)))
            shares.append(share)
            if worst is None or share < worst[1]["share"]:
                worst = got, {name: said, f"true_{name}": true, "error": error, "share": share}
    expect(worst[0]).worth(float(np.mean(shares)), saying=worst[1])
