"""Claims: answers which say that a distance stays within a bound at every number on one side of them.

Such an answer is not compared with another. It is attacked at multiples of itself, and held against the true threshold.
What is claimed of all numbers above is a claim about their reciprocals below, so one ratio tells for both sides how
much is claimed: below 1 it is true and says less than the truth, above 1 it is false.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from grader.exercise.asked import Asked
from grader.exercise.expect import expect
from grader.exercise.probe import Group, Probe

Numbers = NDArray[np.float64]
SLACK: Final = 1.0 + 1e-9  # left for rounding: threshold and distance are worked out to 1e-12 of themselves or better
BEYOND: Final = 10.0  # how far beyond the threshold a claim is attacked that goes further still
BARELY: Final = 1.01  # a claim that is false by less is one of rounding, not of the formula


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """How the claims of an exercise are attacked, and what they earn.

    Parameters
    ----------
    distance : callable
        Maps the first argument of a call, and numbers, to the distance at each. The second argument is the bound.
    grid : tuple of float
        Where a claim is attacked, as multiples of it: from 1 down, or from 1 up if it claims all numbers above.
    full, none : float
        Ratios of claim and threshold that earn all, and nothing. In between the share grows in proportion.
    above : bool
        Whether a claim is about all numbers above it, and not about those below.
    """

    distance: Callable[[Any, Numbers], Numbers]
    grid: tuple[float, ...]
    full: float
    none: float
    above: bool = False

    def say_something(self, subject: Asked, group: Group, thresholds: Sequence[float]) -> None:
        """Expect each claim to be one number that says something."""
        for probe, threshold in zip(group, thresholds, strict=True):
            value = subject(probe)
            claim, limit = _number(value), self._limit(threshold)
            says = 0 <= claim <= limit if self.above else claim >= limit  # not so for nan
            expect(value).that(says, saying={"claimed": claim, "limit": limit})

    def attack(
        self, subject: Asked, group: Group, thresholds: Sequence[float], *, otherwise: str | None = None
    ) -> None:
        """Look for a number on the claimed side at which the distance is too large.

        A claim that is far from true is attacked near the threshold, and one that says too little counts as none.
        ``otherwise`` names the misconception of a claim that is barely false.
        """
        grid = np.array(self.grid)
        for probe, threshold, (given, bound) in zip(group, thresholds, _asked(group), strict=True):
            value = subject(probe)
            claim = _number(value)
            ratio = self._ratio(claim, threshold)
            known = {"claimed": claim, "bound": bound}
            if not ratio >= self.none:  # as nan is
                expect(value).that(condition=False, saying=known | {"limit": self._limit(threshold)})
            nearest = max(claim, threshold / BEYOND) if self.above else min(claim, threshold * BEYOND)
            tried = nearest * grid
            far = self.distance(given, tried)
            holds = far <= bound * SLACK  # not so for nan
            if not holds.all():
                worst = int(np.argmin(holds))  # the first that breaks
                said = known | {"at": float(tried[worst]), "distance": float(far[worst])}
                expect(value).that(condition=False, otherwise=otherwise if ratio < BARELY else None, saying=said)

    def hold_against(self, subject: Asked, group: Group, thresholds: Sequence[float]) -> None:
        """Give each claim its share of the points, and show the one that earns least; a false one earns nothing."""
        claims = [claimed(subject, probe) for probe in group]
        ratios = [self._ratio(claim, true) for claim, true in zip(claims, thresholds, strict=True)]
        shares = [self._share(ratio) for ratio in ratios]
        worst = int(np.argmin(shares))
        said = {"claimed": claims[worst], "threshold": thresholds[worst]}
        said |= {"ratio": ratios[worst], "share": shares[worst]}
        expect(subject(group.probes[worst])).worth(sum(shares) / len(shares), saying=said)

    def _share(self, ratio: float) -> float:
        return min(1.0, max(0.0, (ratio - self.none) / (self.full - self.none))) if ratio <= SLACK else 0.0

    def _ratio(self, claim: float, threshold: float) -> float:
        """Return how much is claimed, as a share of what is true."""
        if not self.above:
            return claim / threshold
        return threshold / claim if claim else np.inf

    def _limit(self, threshold: float) -> float:
        """Return the claim that says so little that it earns nothing."""
        return threshold / self.none if self.above else threshold * self.none


def claimed(subject: Asked, probe: Probe) -> float:
    """Return a claim as a float, if it is one number; nan is one that says nothing."""
    return _number(subject(probe))


def _number(claim: Any) -> float:  # noqa: ANN401 - whatever a student returned
    if type(claim) is float:
        return claim
    expect(claim).shape(())
    return float(np.asarray(claim).item())


@lru_cache(maxsize=64)  # a student with personal inputs has groups of their own
def _asked(group: Group) -> list[tuple[Any, float]]:
    """Return the first argument and the bound of each probe, built once per run."""
    asked: Any = [probe.call.arguments() for probe in group]
    return [(given, float(bound)) for (given, bound), _named in asked]
