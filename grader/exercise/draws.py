"""Draws: do they follow a law, and does each forget the one before? Two chi-square tests, with p-values.

Right draws are many, and none of them is the expected one. What can be asked is how often right draws would be at
least as unlike the law as these are: the p-value. Right ones fall below 1e-6 once in a million runs; wrong ones, with
thousands of draws, fall far below. As the seeds are declared, the same code gets the same verdict every time.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Counts = NDArray[np.int64]
LEAST = 10.0  # draws that each cell must expect: where cells are emptier, the statistic does not follow chi-square
FAR = 4.0  # standard deviations from which a share is shown as wrong
APART = 4.5  # standard deviations: in a hundred comparisons of equal code, one in a thousand runs has one beyond


def goodness(counts: Counts, law: Numbers) -> float:
    """Return the p-value of Pearson's test that draws, counted by outcome, follow a law.

    Rare outcomes share a cell. If an outcome of probability 0 was drawn, the law is refuted and the p-value is 0.
    """
    if counts[law == 0].any():
        return 0.0
    want = law * counts.sum()
    cells = _known_cells(want.tobytes(), LEAST)
    got, expected = (np.bincount(cells, each).astype(np.float64) for each in (counts, want))
    return _p_value(got, expected, int(cells.max()))


def independence(draws: Counts, size: int) -> float:
    """Return the p-value of the test that each draw is independent of the one before it.

    Pairs of neighbours are counted in a table, and held against the products of its margins. Of independent draws the
    statistic follows the chi-square law, although each draw stands in two pairs (P. Billingsley, "Statistical Methods
    in Markov Chains", Annals of Mathematical Statistics 32, 1961).
    """
    pairs = max(1, len(draws) - 1)
    cells = _cells(np.bincount(draws, minlength=size).astype(np.float64), (LEAST * pairs) ** 0.5)[draws]
    count = int(cells.max(initial=0)) + 1
    table = np.bincount(cells[:-1] * count + cells[1:], minlength=count**2).reshape(count, count)  # (before, after)
    want = np.outer(table.sum(axis=1), table.sum(axis=0)) / pairs  # (before, after)
    return _p_value(table.ravel().astype(np.float64), want.ravel(), (count - 1) ** 2)


def shares(draws: NDArray[Any], size: int) -> Numbers:
    """Return how often each of 0 to ``size`` - 1 was drawn, what is none of these, and equal neighbours.

    It is what to observe of draws. As arcsin(sqrt(share)), whose standard deviation is 1 / (2 sqrt(n)) whatever the
    share. That of neighbours, which stand in two pairs each, is larger; so it counts half.
    """
    counts = [np.count_nonzero(draws == outcome) for outcome in range(size)]
    alike = np.count_nonzero(draws[1:] == draws[:-1])
    told = np.array([*counts, draws.size - sum(counts), alike]) / max(1, draws.size)
    return np.asarray(np.arcsin(np.sqrt(told)) * np.array([1.0] * (size + 1) + [0.5]))


def by_chance(draws: int, expected: Numbers) -> Numbers:
    """Return by what the `shares` of two runs of the same code differ at most: 4.5 standard deviations."""
    return np.full(np.shape(expected), APART * np.sqrt(2) / (2 * np.sqrt(max(1, draws))))


def near(shares: Numbers, law: Numbers, total: int) -> NDArray[np.bool_]:
    """Return which shares are as near to the law as those of right draws; the farthest of all never is."""
    with np.errstate(all="ignore"):
        far = np.nan_to_num(np.abs(shares - law) / np.sqrt(law * (1 - law) / max(1, total)), posinf=np.inf)
    return far < min(FAR, float(far.max()))


@lru_cache(maxsize=256)
def _known_cells(want: bytes, least: float) -> Counts:
    """Return the cells of a law and a number of draws, which are the same for every subject of a run."""
    return _cells(np.frombuffer(want), least)


def _cells(want: Numbers, least: float) -> Counts:
    """Return the cell of each outcome, rarest first: a cell takes outcomes until it expects ``least`` draws."""
    cells = np.zeros(want.size, dtype=np.int64)
    cell, filled = 0, 0.0
    for outcome in np.argsort(want, kind="stable"):
        if filled >= least:
            cell, filled = cell + 1, 0.0
        cells[outcome] = cell
        filled += want[outcome]
    return np.minimum(cells, cell - 1) if cell and filled < least else cells


def _p_value(got: Numbers, want: Numbers, freedom: int) -> float:
    from scipy import special  # noqa: PLC0415 - a moment to load, for few exercises

    if freedom == 0:
        return 1.0
    with np.errstate(all="ignore"):
        statistic = np.nansum((got - want) ** 2 / want)
    return float(special.chdtrc(freedom, statistic))
