"""What a student can run: slopes against the truth to nine digits, then bounds, attacked with a truth of 30 digits."""

from __future__ import annotations

import functools
from decimal import Decimal

import numpy as np

from grader import array, call, check, expect, probes

EPS = np.finfo(np.float64).eps
GOLDEN = [2.0, 1.0, 0.1, -1.0]
NEAR = 0.05  # relative error up to which a slope is the right one with digits lost


@functools.cache
def reach(asked):
    """Return max|z| and tau of a call, both as floats, worked out once per run."""
    z, tau = asked.arguments()[0]
    logits = np.array(z, np.float64)
    return float(np.max(np.abs(logits), where=np.isfinite(logits), initial=0.0)), float(tau)


def nine_digits(asked, expected):
    """Allow a relative error of 1e-9, and what dividing by tau first, or a mean that is rounded, may lose.

    A weight is off by a relative EPS |x| for an exponent x = (z_i - max z) / tau, 1.7e-13 at x = -745, and a mean of
    squares of deviations loses no more. Whoever divides z by tau before subtracting loses EPS max|z| / tau in the
    exponent instead; 8 leaves room. The mean of tied logits is off by a few EPS max|z|, so their variance is the
    square of that. Raw moments lose EPS (max|z| / tau)**2: ten thousand times more than is allowed.
    """
    size, tau = reach(asked)
    relative = 1e-9 + min(8 * EPS * size / tau, 1e-3)
    return relative * np.abs(expected) + (64 * EPS * size / tau) ** 2 / tau


def largest(asked, value):
    """Return how large a bound may be: 1e-6 max(1, value), and a little more for whoever divides by tau first.

    A central difference with the best step is off by 1e-10 / tau or less: a ten-thousandth of that. If z / tau is
    rounded first, H is off by EPS max|z| / tau, and the difference divides that by 6e-6 tau. 8 leaves room.
    """
    size, tau = reach(asked)
    return 1e-6 * max(1.0, abs(value)) + 3e-10 * size / tau**2


def slope_of(_asked, answer):
    """Observe the slope, or of what kind an answer is that is no pair of numbers; the bound is another matter."""
    parts = answer if type(answer) is tuple and len(answer) == 2 else (answer,)
    kinds = [kind_of(part) for part in parts]
    return np.array([float(parts[0])]) if kinds == ["number", "number"] else ", ".join(kinds)


def kind_of(part):
    """Return of what kind a part of an answer is, and how much is in it."""
    if np.ndim(part) == 0 and np.asarray(part).dtype.kind in "fiu":
        return "number"
    inside = list(part.values()) if isinstance(part, dict) else part
    return f"{type(part).__name__} of {np.size(inside)}"


def size_of_bound(asked, answer):
    """Observe the slope, and how large a bound is that is 0, negative or too large: all others are one."""
    value, bound = map(float, answer if type(answer) is tuple else ())
    fine = 0 < bound <= largest(asked, value)
    return np.array([value, 1e-7 if fine else bound])


def one_percent(_asked, expected):
    """Allow one in a hundred: the size of a bound is asked for, and it is made of rounding."""
    return 0.01 * np.abs(expected)


def slopes(name, cases, *, given=array):
    """Declare a group of calls, and beside it the true slopes as decimal numbers."""
    calls = [call("entropy_slope", given(case[0]), case[1]) for case in cases]
    truths = [Decimal(case[2]) for case in cases if len(case) > 2]
    return probes(name, calls, tolerance=nine_digits, observe=slope_of), truths


def bounds(name, cases):
    """Declare a group of calls of which the bounds are looked at."""
    calls = [call("entropy_slope", array(case[0]), case[1]) for case in cases]
    truths = [Decimal(case[2]) for case in cases if len(case) > 2]
    return probes(name, calls, tolerance=one_percent, observe=size_of_bound), truths


ORDINARY, TRUE_ORDINARY = slopes(
    "ordinary",
    [
        ([1.0, 0.0], 1.0, "0.196611933241481852537424733586"),
        ([1.0, 0.0], 2.0, "0.0293754640251993111336628368776"),
        ([0.0, 1.0, 2.0], 1.0, "0.424404544689254449706548623938"),
        ([0.0, 1.0, 2.0], 0.5, "1.26876509805196358202672829255"),
        (GOLDEN, 2.0, "0.123324619033022437493527285449"),
        (GOLDEN, 1.0, "0.603669015833583843324974929035"),
        (GOLDEN, 0.5, "1.43987295281912566743199240122"),
        (GOLDEN, 0.25, "1.24457613940953405643444111529"),
        (GOLDEN, 4.0, "0.0179721151218441505381034193476"),
        ([5.0, 4.0, 3.9, 3.8], 0.7, "0.828779414067933874273515707102"),
        ([0.5, -0.3, 0.2, 0.1, -2.0], 3.0, "0.0193053426360971584535246253041"),
    ],
)

TIED, TRUE_TIED = slopes(
    "tied",
    [
        ([2.0, 2.0], 1.0, "0"),
        ([4.0], 2.0, "0"),
        ([3.0, 3.0, 1.0], 1.0, "0.237448194035258531874021259068"),
        ([1.0, -np.inf, 0.0], 0.5, "0.839948683228052138788993478083"),
        ([5.0, -np.inf], 1.0, "0"),
        ([0.1, 0.1, 0.1], 2.0, "0"),
        ([-np.inf, 2.0, 2.0, 0.0, -np.inf], 1.5, "0.121943492236827297128338001651"),
    ],
)

HOT, TRUE_HOT = slopes(
    "hot",
    [
        ([1.0, 0.0], 30.0, "0.00000925668771902273632552951695287"),
        (GOLDEN, 100.0, "0.00000122600933225884110647718946614"),
        ([0.0, 1.0, 2.0], 300.0, "0.0000000246912208510304981644309121101"),
        (GOLDEN, 1000.0, "0.00000000122679723919783002617920270147"),
        ([5.0, -3.0, 0.5], 1000.0, "0.0000000107274600008925888231764520614"),
    ],
)

OFFSET, TRUE_OFFSET = slopes(
    "offset",
    [
        ([1000.0, 999.0], 1.0, "0.196611933241481852537424733586"),
        ([-1000.0, -1001.0, -1003.0], 0.5, "0.982439991043532047614097842688"),
        ([1e6, 1e6 + 1, 1e6 + 2], 1.0, "0.424404544689254449706548623938"),
        ([1e6, 1e6 + 1, 1e6 + 2], 2.0, "0.0737879777907020724227120621084"),
        ([-1e6, -1e6 + 0.5, -1e6 + 3], 0.5, "0.506030070202450360698834595254"),
        ([1e6 + 2, 1e6 + 1, 1e6, 1e6 - 2], 5.0, "0.0145968402289501642949883772435"),
    ],
)

COLD, TRUE_COLD = slopes(
    "cold",
    [
        ([1.0, 0.0], 0.05, "0.0000164892289115348103099316378928"),
        ([3.0, 2.5, 0.0], 0.08, "0.938975760188704208999795089294"),
        (GOLDEN, 0.1, "0.0454160325339354978923506820706"),
        (GOLDEN, 0.05, "0.0000164892298181163569306991253453"),
    ],
)

BOUNDED, TRUE_BOUNDED = bounds(
    "bounded",
    [
        ([1.0, 0.0], 1.0, "0.196611933241481852537424733586"),
        ([0.0, 1.0, 2.0], 2.0, "0.0737879777907020724227120621084"),
        ([2.0, 2.0], 1.0, "0"),
        ([4.0], 1.0, "0"),
        ([1.0, -np.inf, 0.0], 0.5, "0.839948683228052138788993478083"),
        (GOLDEN, 1.0, "0.603669015833583843324974929035"),
        (GOLDEN, 0.05, "0.0000164892298181163569306991253453"),
        (GOLDEN, 0.25, "1.24457613940953405643444111529"),
        (GOLDEN, 10.0, "0.00120956223129221921887212014491"),
        (GOLDEN, 100.0, "0.00000122600933225884110647718946614"),
        (GOLDEN, 1000.0, "0.00000000122679723919783002617920270147"),
    ],
)

SCALED, TRUE_SCALED = bounds(
    "scaled",
    [
        ([1e-6, 0.0], 1e-6, "196611.933241481861434485950326"),
        ([2e-6, 1e-6, 0.0], 4e-6, "10098.3504403709129536847909418"),
        ([1e6, 0.0, 3e6], 2e6, "0.000000175885807228378183969965295669"),
        ([2e-12, 1e-12, 1e-13, -1e-12], 1e-12, "603669015833.583855536431564781"),
        ([3e-12, 0.0], 2e-12, "167789758579.124478767983778939"),
    ],
)

RISING, TRUE_RISING = bounds(
    "rising",
    [
        ([1.0, 0.0], 200.0, "0.000000031249804688313799201127006865"),
        ([0.0, 1.0, 2.0], 100.0, "0.000000666633334536999075183500856334"),
        (GOLDEN, 300.0, "0.0000000454299326431929065739610820148"),
        ([5.0, -3.0, 0.5], 800.0, "0.00000002095457509922690199153661238"),
    ],
)

KINDS, TRUE_KINDS = slopes(
    "kinds",
    [
        ([1, 0], 1, "0.196611933241481852537424733586"),
        ((0.0, 1.0, 2.0), 2, "0.0737879777907020724227120621084"),
        (array([1.0, 0.5, -2.0], dtype="float32"), 1.0, "0.287400034908786122400646459082"),
        (array([1, 0], dtype="int64"), 2.0, "0.0293754640251993111336628368776"),
    ],
    given=lambda z: z,
)

REFUSED = probes(
    "refused",
    [
        call("entropy_slope", array([1.0, 0.0]), 0.0),
        call("entropy_slope", array([1.0, 0.0]), -1.0),
        call("entropy_slope", array([1.0, 0.0]), np.nan),
        call("entropy_slope", array([]), 1.0),
        call("entropy_slope", array([0.0, np.nan]), 1.0),
        call("entropy_slope", array([0.0, np.inf]), 1.0),
        call("entropy_slope", array([-np.inf, -np.inf]), 1.0),
    ],
    observe=slope_of,
)


@check(
    points=1,
    on=ORDINARY,
    about="tau",
    finds=[
        "bits_used",
        "bound_missing",
        "derivative_by_beta",
        "difference_returned",
        "not_centred",
        "order_swapped",
        "power_of_tau",
        "sample_variance",
        "sign_flipped",
        "unweighted_variance",
        "weights_not_tempered",
    ],
)
def values(subject):
    """The slope is the variance divided by the third power of tau."""
    agree(subject, ORDINARY, TRUE_ORDINARY, finds=values.finds)


@check(points=0.5, on=TIED, about="z", needs=["values"], finds=["mask_becomes_nan"])
def ties_and_masks(subject):
    """Tied logits have slope 0, and masked tokens take no part."""
    agree(subject, TIED, TRUE_TIED, finds=ties_and_masks.finds)


@check(points=0.5, on=HOT, about="tau", needs=["values"], finds=["difference_returned"])
def hot(subject):
    """Nine digits of a slope of 1e-9, too."""
    agree(subject, HOT, TRUE_HOT, finds=hot.finds)


@check(points=0.5, on=OFFSET, about="z", needs=["hot"], finds=["raw_moments", "shift_missing"])
def offset(subject):
    """A million added to all logits changes nothing."""
    agree(subject, OFFSET, TRUE_OFFSET, finds=offset.finds)


@check(points=0.25, on=COLD, about="tau", needs=["offset"], finds=["weights_clipped"])
def cold(subject):
    """Nine digits where one token takes nearly all."""
    agree(subject, COLD, TRUE_COLD, finds=cold.finds)


@check(
    points=1,
    on=BOUNDED,
    about="tau",
    needs=["values"],
    finds=[
        "bound_infinite",
        "bound_signed",
        "bound_zero",
        "constant_bound",
        "relative_bound",
        "second_value_returned",
        "step_badly_chosen",
    ],
)
def bounds_hold(subject):
    """Each bound holds, and is small."""
    hold(subject, BOUNDED, TRUE_BOUNDED, finds=bounds_hold.finds)


@check(
    points=0.5,
    on=SCALED,
    about="tau",
    needs=["bounds_hold"],
    finds=["constant_bound", "step_not_scaled"],
)
def bounds_hold_at_every_scale(subject):
    """Each bound holds for logits of any scale."""
    hold(subject, SCALED, TRUE_SCALED, finds=bounds_hold_at_every_scale.finds)


@check(points=0.25, on=RISING, about="tau", needs=["bounds_hold"], finds=["constant_bound"])
def rising(subject):
    """Bounds are small enough to prove that entropy rises."""
    prove_rising(subject, RISING, finds=rising.finds)


@check(points=0.25, on=KINDS, about="z", needs=["values"], finds=["list_not_converted"])
def kinds_of_input(subject):
    """Lists, integers and float32 work as well."""
    agree(subject, KINDS, TRUE_KINDS, finds=kinds_of_input.finds)


@check(points=0.25, on=REFUSED, finds=["bad_input_accepted"])
def refused(subject):
    """What has no answer is refused."""
    expect(subject).refuses(ValueError, on=REFUSED, but=ORDINARY.probes[0])


def pairs(subject, group):
    """Return all values and bounds of a group as floats, if each answer is a tuple of two numbers."""
    expect(subject).answers_like((0.0, 0.0), on=group)
    return [(float(value), float(bound)) for value, bound in map(subject, group)]


def agree(subject, group, truths, *, finds):
    """Hold every slope against the truth."""
    answers = pairs(subject, group)
    for probe, (value, bound), truth in zip(group, answers, truths, strict=True):
        true = float(truth)
        allowed = nine_digits(probe.call, true)
        right = abs(value - true) <= allowed
        if not right:
            names = ["order_swapped"] if true > allowed >= abs(bound - true) else []
            names += ["difference_returned"] if "difference_returned" in finds and _like_a_difference(subject) else []
            names += ["raw_moments"] if np.median(_relative(answers, truths)) < NEAR else []
            known = {"value": value, "true": true} | ({"relative": abs(value - true) / true} if true else {})
            expect(subject(probe)).that(right, otherwise=_first(names, finds), saying=known)


def hold(subject, group, truths, *, finds):
    """Hold the bounds of a group against the errors."""
    answers = pairs(subject, group)
    same = len({bound for _value, bound in answers}) == 1
    for probe, (value, bound), truth in zip(group, answers, truths, strict=True):
        got, error, most = subject(probe), _error(value, truth), largest(probe.call, value)
        known = {"value": value, "bound": bound}
        names = ["bound_signed"] if bound < 0 else ["bound_zero"] if bound == 0 else []
        names += ["constant_bound"] if same else []
        names += ["relative_bound"] if error <= bound * abs(value) <= 1e-9 * max(1.0, abs(value)) else []
        expect(got).that(error <= bound, otherwise=_first(names, finds), saying=known | {"error": error})
        right = error <= nine_digits(probe.call, float(truth))
        names += ["bound_infinite"] if bound == np.inf else []
        names += ["step_badly_chosen", "step_not_scaled"] if right else []
        expect(got).that(bound <= most, otherwise=_first(names, finds), saying=known | {"most": most})


def prove_rising(subject, group, *, finds):
    """Ask for bounds below the slope, so that the whole interval around the value is above 0."""
    answers = pairs(subject, group)
    names = ["constant_bound"] if len({bound for _value, bound in answers}) == 1 else []
    for probe, (value, bound) in zip(group, answers, strict=True):
        known = {"value": value, "bound": bound}
        expect(subject(probe)).that(0 <= bound < value, otherwise=_first(names, finds), saying=known)


def _error(value, truth):
    """Return by how much a value is off, worked out in decimal digits: a float holds 16, and a bound may hold more."""
    return float(abs(Decimal(value) - truth)) if np.isfinite(value) else np.inf


def _relative(answers, truths):
    """Return the relative errors of values where the truth is not 0."""
    errors = zip(answers, truths, strict=True)
    return [_error(value, truth) / float(truth) for (value, _bound), truth in errors if truth]


def _like_a_difference(subject):
    """Return whether ordinary slopes are near the truth and a hot one has lost more digits than float32 would.

    A difference divides the rounding of H by a step, so its error stays as it is where the slope becomes tiny.
    """
    ordinary = _relative(pairs(subject, ORDINARY), TRUE_ORDINARY)
    return np.median(ordinary) < NEAR and max(_relative(pairs(subject, HOT), TRUE_HOT)) > 1e-6


def _first(names, finds):
    """Return the first of these names that a check finds."""
    return next((name for name in names if name in finds), None)
