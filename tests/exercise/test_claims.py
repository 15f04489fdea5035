"""Claims about all numbers on one side: attacked at multiples of themselves, and held against the true threshold."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

from grader import Claims, call, probes
from grader.exercise.asked import Asked
from grader.exercise.expect import Unmet

Make = Callable[..., Asked]
Word = Callable[[], None]

# Of x up to a claim: x * scale is at most the bound, so bound / scale is the threshold. From a claim on: scale / x is.
BELOW = Claims(distance=lambda scale, x: x * scale, grid=(1.0, 0.5, 1e-3), full=0.5, none=0.1)
ABOVE = Claims(distance=lambda scale, x: scale / x, grid=(1.0, 2.0, 1e3), full=0.5, none=0.1, above=True)
GROUP = probes("g", [call("f", 2.0, 10.0), call("f", 4.0, 10.0)])
TRUE_BELOW, TRUE_ABOVE = (5.0, 2.5), (0.2, 0.4)
SIDES = [pytest.param(BELOW, TRUE_BELOW, id="below"), pytest.param(ABOVE, TRUE_ABOVE, id="above")]


def times(claims: Claims, factor: float) -> Callable[[float, float], float]:
    """Return a function that claims a part of what is true: the threshold itself for a factor of 1."""
    return lambda scale, bound: scale / bound / factor if claims.above else bound / scale * factor


def unmet(word: Word) -> Unmet:
    """Return how an expectation failed."""
    with pytest.raises(Unmet) as caught:
        word()
    return caught.value


@pytest.mark.parametrize(("claims", "true"), SIDES)
@pytest.mark.parametrize("factor", [1.0, 1.0 - 1e-6, 0.5])
def test_a_true_claim_up_to_the_factor_earns_all(
    asked: Make, claims: Claims, true: tuple[float, ...], factor: float
) -> None:
    """On both sides, from the threshold itself to the ratio that earns all."""
    subject = asked(f=times(claims, factor))
    claims.say_something(subject, GROUP, true)
    claims.attack(subject, GROUP, true)
    claims.hold_against(subject, GROUP, true)


@pytest.mark.parametrize(("claims", "true"), SIDES)
def test_a_false_claim_is_broken_where_it_was_attacked(asked: Make, claims: Claims, true: tuple[float, ...]) -> None:
    """The finding says what was claimed, and at which number it fails by how much."""
    subject = asked(f=times(claims, 1.5))
    broken = unmet(lambda: claims.attack(subject, GROUP, true, otherwise="rounding"))
    claim = true[0] / 1.5 if claims.above else true[0] * 1.5
    assert broken.measures == pytest.approx({"claimed": claim, "bound": 10.0, "at": claim, "distance": 15.0})
    assert broken.otherwise is None
    assert unmet(lambda: claims.hold_against(subject, GROUP, true)).credit == 0.0


@pytest.mark.parametrize(("claims", "true"), SIDES)
def test_a_claim_that_is_barely_false_may_be_named(asked: Make, claims: Claims, true: tuple[float, ...]) -> None:
    """Off by a millionth is a matter of rounding; off by a part in ten thousand million is none at all."""
    subject = asked(f=times(claims, 1.000001))
    assert unmet(lambda: claims.attack(subject, GROUP, true, otherwise="rounding")).otherwise == "rounding"
    claims.attack(asked(f=times(claims, 1.0 + 1e-10)), GROUP, true)


@pytest.mark.parametrize(("claims", "true"), SIDES)
def test_the_share_grows_in_proportion_to_the_ratio(asked: Make, claims: Claims, true: tuple[float, ...]) -> None:
    """A ratio of 0.3 lies in the middle between 0.1 and 0.5."""
    partial = unmet(lambda: claims.hold_against(asked(f=times(claims, 0.3)), GROUP, true))
    assert partial.credit == pytest.approx(0.5)
    assert partial.measures["ratio"] == pytest.approx(0.3)
    assert partial.measures["share"] == pytest.approx(0.5)
    assert partial.measures["threshold"] in true


@pytest.mark.parametrize(("claims", "true"), SIDES)
def test_a_claim_that_says_too_little_counts_as_none(asked: Make, claims: Claims, true: tuple[float, ...]) -> None:
    """It holds, and is worth nothing, sound or not."""
    subject = asked(f=times(claims, 0.05))
    words: list[Word] = [
        lambda: claims.say_something(subject, GROUP, true),
        lambda: claims.attack(subject, GROUP, true),
        lambda: claims.hold_against(subject, GROUP, true),
    ]
    assert [unmet(word).credit for word in words] == [0.0, 0.0, 0.0]


@pytest.mark.parametrize(
    ("claims", "true", "claim", "says"),
    [
        (BELOW, TRUE_BELOW, math.inf, True),
        (BELOW, TRUE_BELOW, -1.0, False),
        (BELOW, TRUE_BELOW, 0.0, False),
        (ABOVE, TRUE_ABOVE, 0.0, True),
        (ABOVE, TRUE_ABOVE, -1.0, False),
        (ABOVE, TRUE_ABOVE, math.inf, False),
        (BELOW, TRUE_BELOW, math.nan, False),
        (ABOVE, TRUE_ABOVE, math.nan, False),
    ],
)
def test_the_ends_are_attacked_or_say_nothing(
    asked: Make, *, claims: Claims, true: tuple[float, ...], claim: float, says: bool
) -> None:
    """Everything below inf, everything above 0: too much. A number that is none of these: nothing."""
    subject = asked(f=lambda _scale, _bound: claim)
    if says:
        claims.say_something(subject, GROUP, true)
    else:
        assert unmet(lambda: claims.say_something(subject, GROUP, true)).measures["claimed"] == pytest.approx(
            claim, nan_ok=True
        )
    assert "claimed" in unmet(lambda: claims.attack(subject, GROUP, true)).measures
    assert unmet(lambda: claims.hold_against(subject, GROUP, true)).credit == 0.0


@pytest.mark.parametrize(
    ("claim", "kind"),
    [("0.5", "type"), (None, "type"), (np.array([0.5, 0.5]), "shape"), ({"tau": 1.0}, "type")],
    ids=["text", "none", "two", "dict"],
)
def test_what_is_no_number_is_no_claim(asked: Make, claim: object, kind: str) -> None:
    """It is said what came, and no claim is made of it."""
    subject = asked(f=lambda _scale, _bound: claim)
    assert unmet(lambda: BELOW.say_something(subject, GROUP, TRUE_BELOW)).kind == kind
