"""What is named in a report is true of the code: a fault that is none of the known ones has no name of theirs.

Each row is the solution with one change, and all that may be said of it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.exercise.exercise import Exercise
from grader.judge import Report

SOLUTIONS = Path(__file__).resolve().parents[2] / "solutions"
WEIGHT = "weight = np.exp(exponent)"
EQUAL = "np.where(np.isnan(weight / weight.sum(axis=axis, keepdims=True)).any(), z > -np.inf, weight)"
TAU = "return float(unit * np.exp(found))"
SLOPE = "return float(value), float(abs(value - near) + abs(near - far) + rounding)"
RATE = "return np.concatenate(kept)[:n], accepted / proposed"
NOISE = "rng.gumbel(size=(n, z.size))"
TOP = 'ax.axhline(np.log(tokens), linestyle="--", label="log V")'


def divided(numbers: str) -> str:
    """Return the code of numbers over tau, where masked ones stay masked."""
    return f"np.divide({numbers}, tau, out=np.full(z.shape, -np.inf), where={numbers} > -np.inf)"


LOG_SOFTMAX = f"""log_q = z - peak - np.log(np.exp(z - peak).sum(axis=axis, keepdims=True))
    exponent = {divided("log_q")}
    weight = np.exp(exponent - exponent.max(axis=axis, keepdims=True))"""
NAMED: dict[str, dict[tuple[str, str], set[str]]] = {  # what is changed, and into what
    "softmax": {
        (WEIGHT, f"gap = z / 2 - peak / 2\n    weight = np.exp(2 * {divided('gap')})"): set(),
        (WEIGHT, f"weight = np.where(z > -np.inf, np.exp(np.clip({divided('z')}, -700, 700)), 0.0)"): set(),
        (WEIGHT, f"weight = np.exp({divided('z')})\n    weight = {EQUAL}"): set(),
        (WEIGHT, LOG_SOFTMAX): {"difference_overflows"},
    },
    "temperature_for_entropy": {
        (TAU, "return range(10)"): set(),
        (TAU, "return (tau for tau in [1.0])"): set(),
        (TAU, "return np.array([None])"): set(),
        (TAU, "return np.zeros(10_000_000)"): set(),  # too large for a reply
        (TAU, "return np.ones(3)"): set(),
        (TAU, "return np.ones(1)"): {"array_returned"},
        (TAU, "return optimize.root(lambda t: entropy(t[0] / unit) - h, [hot * unit])"): {"search_object_returned"},
    },
    "entropy_slope": {
        (SLOPE, "return {}"): set(),
        (SLOPE, "return [float(value)]"): set(),
        (SLOPE, "return np.array([value, rounding])"): {"list_returned"},
    },
    "thin": {
        (RATE, "return np.concatenate(kept)[:n], 0.8 * accepted / proposed"): set(),
        (RATE, "return np.concatenate(kept)[:n], float(np.mean(accept))"): {"rate_not_weighted"},
        (RATE, "return np.append(np.concatenate(kept)[:n], accepted / proposed)"): set(),
    },
    "sample": {
        (NOISE, "rng.logistic(size=(n, z.size))"): {"logistic_noise"},
        (NOISE, "rng.gumbel(size=(n, z.size)) - rng.gumbel(size=(n, z.size))"): {"logistic_noise"},
        (NOISE, "rng.gumbel(size=(n, z.size)) + rng.gumbel(size=(n, z.size))"): {"relaxed_softmax_drawn"},
        (NOISE, "rng.normal(size=(n, z.size))"): {"gaussian_noise"},
        (NOISE, "rng.exponential(size=(n, z.size))"): {"one_logarithm_missing"},
        (NOISE, "-rng.gumbel(size=(n, z.size))"): {"gumbel_negated"},
        (NOISE, "rng.uniform(-0.5, 0.5, size=(n, z.size))"): {"uniform_noise"},
        (NOISE, "rng.uniform(-np.pi, np.pi, size=(n, z.size))"): set(),
        (NOISE, "rng.normal(scale=2.0, size=(n, z.size))"): set(),
        (NOISE, "rng.normal(scale=0.5, size=(n, z.size))"): set(),
        (NOISE, "rng.gumbel(scale=0.5, size=(n, z.size))"): set(),
        (NOISE, "rng.gumbel(scale=2.0, size=(n, z.size))"): set(),
        (NOISE, "rng.standard_cauchy(size=(n, z.size))"): set(),
        (NOISE, "rng.laplace(size=(n, z.size))"): set(),
    },
    "sweep": {
        (TOP, 'ax.axline((1, np.log(tokens)), (2, np.log(tokens)), label="log V")'): set(),
        ("ax.axhline", "ax.axvline"): {"levels_upright"},
        ("ax.legend()", "ax.figure.legend()"): set(),
    },
}


@pytest.mark.parametrize("exercise", sorted(NAMED), indirect=True)
def test_another_fault_is_not_called_by_the_name_of_a_known_one(
    exercise: Exercise, judged: Callable[..., Report]
) -> None:
    """Not even where they say the same on some of the groups."""
    source = (SOLUTIONS / exercise.slug / "solution.py").read_text(encoding="utf-8")
    expected = NAMED[exercise.slug]
    assert all(old in source for old, _ in expected)
    reports = {change: judged(source.replace(*change)) for change in expected}
    assert expected == {change: names(report) for change, report in reports.items()}


def names(report: Report) -> set[str]:
    """Return every misconception that is named in a report."""
    return {result.diagnosis for result in report.results if result.diagnosis}
