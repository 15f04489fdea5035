"""Generic checks: those of the engine, which an exercise asks for in one line, with any group of probes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from grader import array, call, probes
from grader.exercise.check import Check
from grader.exercise.generic import GENERIC
from grader.exercise.probe import Group

Make = Callable[..., Any]
ORDINARY = probes("ordinary", [call("f", array([1.0, 2.0])), call("f", array([3.0]))], observes_arguments=True)
REFUSED = probes("refused", [call("f", array([])), call("f", array([np.nan]))])


def right(x: Any) -> object:  # noqa: ANN401 - an array
    """Double what is finite."""
    if not np.isfinite(x).all() or not len(x):
        raise ValueError("not finite")
    return 2.0 * x


def in_place(x: Any) -> object:  # noqa: ANN401 - an array
    """Change what it is given."""
    x *= 2.0
    return x


@pytest.mark.parametrize(
    ("use", "group", "wrong", "evidence"),
    [
        ("agrees", ORDINARY, lambda x: 3.0 * x, ("failed", "values", "f(np.array([1.0, 2.0]))")),
        ("leaves_arguments", ORDINARY, in_place, ("failed", "arguments", "f(np.array([1.0, 2.0]))")),
        ("refuses_values", REFUSED, lambda x: 2.0 * x, ("failed", "not_refused", "f(np.array([]))")),
    ],
)
def test_a_generic_check_passes_the_right_answer_and_names_a_wrong_one(
    course: Make, use: str, group: Group, wrong: Callable[[Any], object], evidence: tuple[str, str, str]
) -> None:
    """As a check does that an author writes, diagnosis included."""
    generic = Check(use, "A generic check", 1.0, GENERIC[use](group), on=group, wants_reference=use == "agrees")
    made = course(right, group, generic, known=wrong)
    assert made.outcomes(right) == ["passed"]
    result = made.first(wrong)
    assert (str(result.outcome), result.finding.kind, result.finding.case) == evidence
    assert result.diagnosis == "known"
