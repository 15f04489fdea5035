"""The two tests of draws: right draws pass, p-values are what they say, and wrong laws are refuted."""

# ruff: noqa: SIM300 - the order of this house is expected == actual

from __future__ import annotations

import numpy as np
import pytest
import scipy.stats

from grader.exercise.draws import by_chance, goodness, independence, near, shares

LAW = np.array([0.45, 0.3, 0.2, 0.049, 0.001, 0.0])
RUNS = 2000


def drawn(seed: int, count: int = 4000) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    """Return right draws."""
    return np.random.default_rng(seed).choice(LAW.size, count, p=LAW)


def counted(draws: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    """Return how often each outcome was drawn."""
    return np.bincount(draws, minlength=LAW.size)


def test_where_every_cell_is_full_it_is_scipys_test() -> None:
    """The same p-value as `scipy.stats.chisquare`, and as its contingency test for neighbours."""
    counts = np.array([480, 300, 220])
    law = np.array([0.45, 0.3, 0.25])
    assert scipy.stats.chisquare(counts, 1000 * law).pvalue == pytest.approx(goodness(counts, law), rel=1e-12)
    draws = np.random.default_rng(5).integers(0, 3, 2000)
    table = np.histogram2d(draws[:-1], draws[1:], bins=3)[0]
    known = scipy.stats.chi2_contingency(table, correction=False).pvalue
    assert known == pytest.approx(independence(draws, 3), rel=1e-12)


@pytest.mark.parametrize("test", ["goodness", "independence"])
def test_p_values_of_right_draws_are_uniform(test: str) -> None:
    """In a tenth of the runs below 0.1, in a hundredth below 0.01, rare outcomes included."""
    found = [
        goodness(counted(draws), LAW) if test == "goodness" else independence(draws, LAW.size)
        for draws in map(drawn, range(RUNS))
    ]
    for bound in (0.5, 0.1, 0.01):
        share = np.mean(np.array(found) < bound)
        assert abs(share - bound) < 5 * np.sqrt(bound * (1 - bound) / RUNS)


def test_a_wrong_law_is_refuted() -> None:
    """Draws of a law that is off by 0.05 in one entry have a p-value near 0."""
    assert goodness(counted(drawn(1)), LAW) > 1e-6
    assert goodness(counted(drawn(1)), LAW + np.array([-0.05, 0.05, 0, 0, 0, 0])) < 1e-9


def test_an_impossible_outcome_refutes_by_itself() -> None:
    """One draw of probability 0 among thousands."""
    counts = counted(drawn(1))
    counts[-1] = 1
    assert 0.0 == goodness(counts, LAW)


@pytest.mark.parametrize(
    "draws",
    [
        np.sort(drawn(2)),
        np.repeat(drawn(2, 2000), 2),
        np.tile([0, 1, 2], 500),
        np.where(np.arange(900) % 2, drawn(2, 900), 0),
    ],
    ids=["sorted", "in pairs", "in turn", "every other"],
)
def test_draws_that_depend_on_the_one_before_are_refuted(
    draws: np.ndarray[tuple[int, ...], np.dtype[np.int64]],
) -> None:
    """Whether their shares are right or not."""
    assert independence(draws, LAW.size) < 1e-9


@pytest.mark.parametrize("draws", [[], [0], [3] * 100, [0, 1]])
def test_too_few_draws_to_tell_pass(draws: list[int]) -> None:
    """Nothing is said on no evidence."""
    assert 1.0 == independence(np.array(draws, dtype=np.int64), 4)


def test_the_shares_that_are_far_off_are_marked() -> None:
    """By four standard deviations; if none is, the one that is farthest off."""
    law = np.array([0.5, 0.3, 0.2, 0.0])
    assert [False, True, False, True] == near(np.array([0.6, 0.3, 0.1, 0.0]), law, 1000).tolist()
    assert [False, True, True, True] == near(np.array([0.51, 0.295, 0.195, 0.0]), law, 1000).tolist()
    assert [True, True, True, False] == near(np.array([0.499, 0.3, 0.2, 0.001]), law, 1000).tolist()


def test_what_is_observed_of_draws_is_nearly_the_same_for_two_runs_of_the_same_code() -> None:
    """Shares, other outcomes and equal neighbours differ by less than chance allows; those of another law by more."""
    one, two = (np.random.default_rng(seed).choice(3, 4000, p=[0.5, 0.3, 0.2]) for seed in (1, 2))
    other = np.random.default_rng(3).choice(3, 4000, p=[0.4, 0.4, 0.2])
    seen = shares(one, 3)
    assert seen.shape == (5,)
    assert seen[3] == 0.0
    assert (np.abs(seen - shares(two, 3)) < by_chance(4000, seen)).all()
    assert not (np.abs(seen - shares(other, 3)) < by_chance(4000, seen)).all()
    assert not (np.abs(seen - shares(np.sort(one), 3)) < by_chance(4000, seen)).all()
    assert shares(np.array([7, 0]), 3)[3] == np.arcsin(np.sqrt(0.5))
