"""What is said of a broken rule is broken: where the values are wrong and their sums are right, no sum is said.

And what is said to be expected belongs to the case that is shown.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.exercise.modules import import_author_module
from grader.notebook.checking import check

ROOT = Path(__file__).resolve().parents[2]
CALLS = {"softmax": ("softmax_temperature",), "limits": ("limit_cold", "limit_hot", "close_to_limit")}
SAID = {  # for a wrong answer, which measure each of these checks shows
    "softmax/mistakes/tau_multiplied/inside.py": {"batch": "off", "other_axes": "off", "masks": "off"},
    "softmax/mistakes/mask_becomes_nan.py": {"masks": "masked"},
    "softmax/mistakes/overflow/inf_over_inf.py": {"huge_logits": "odd"},
    "softmax/mistakes/mask_after_softmax.py": {"masks": "rest"},
    "softmax/mistakes/columns_normalised/always_first_axis.py": {"batch": "sum"},
    "softmax/mistakes/not_normalised/plain.py": {"probabilities": "sum"},
    "limits/mistakes/one_winner/index.py": {"cold_limit": "off"},
    "limits/mistakes/not_normalised/cold.py": {"cold_limit": "sum"},
}


@pytest.mark.parametrize("answer", SAID)
def test_a_sum_is_said_where_it_is_wrong(answer: str) -> None:
    """Else it is said by how much a value is off."""
    slug = answer.partition("/")[0]
    wrong = import_author_module(ROOT / "solutions" / answer, ROOT / "solutions")
    functions = [getattr(wrong, name) for name in CALLS[slug]]
    report = check(slug, *functions, course=ROOT / "exercises").report
    said = {one.check: set(one.finding.measures) for one in report.results if one.finding}
    first = {name: {measure} & said[name] for name, measure in SAID[answer].items()}
    assert first == {name: {measure} for name, measure in SAID[answer].items()}


@pytest.mark.parametrize("answer", [None, math.nan, math.inf])
def test_one_object_for_every_call_is_shown_with_the_first(answer: object) -> None:
    """Two numbers are expected, and none of them is a bound that other answers need not have."""

    def entropy_slope(z: object, tau: object) -> object:  # noqa: ARG001 - the contract has them
        return answer

    first = check("entropy_slope", entropy_slope, course=ROOT / "exercises").report.results[0]
    assert first.finding is not None
    assert first.finding.case == "entropy_slope(np.array([1.0, 0.0]), 1.0)"
    assert first.finding.expected == "(float, float)"


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (math.nan, ("shape", "(1,)", "()")),
        (math.inf, ("shape", "(1,)", "()")),
        ([], ("shape", "(1,)", "(0,)")),
        ([[math.nan, 0.0], [1.0, 2.0]], ("shape", "(4,)", "(2, 2)")),
        ([[1.0], [1.0, 2.0]], ("type", "a number or an array of numbers", "list [[1.0], [1.0, 2.0]]")),
        (1j, ("type", "a number or an array of numbers", "complex")),
    ],
)
def test_what_came_instead_of_a_witness_is_said(answer: object, said: tuple[str, str, str]) -> None:
    """Its shape or type, before anything is said of its numbers."""

    def precision_witness() -> object:
        return answer

    first = check("precision_witness", precision_witness, course=ROOT / "exercises").report.results[0]
    assert first.finding is not None
    assert (first.finding.kind, first.finding.expected, first.finding.got) == said


def test_a_complex_number_is_not_told_the_cause_of_its_real_part() -> None:
    """Of -0.0 + 5j no minus sign is wrong."""

    def entropy(p: np.ndarray[Any, Any], axis: int = -1) -> np.complex128:  # noqa: ARG001 - the contract has it
        return np.complex128(-0.0, 5.0)

    results = check("entropy", entropy, course=ROOT / "exercises").report.results
    assert {one.check: one.diagnosis for one in results}["certain_outcome"] is None
