"""The cases as pytest runs them, in the student's process."""

# ruff: noqa: ANN001, ANN201 - plain test code, as the rivals' users write it

import pytest
from comparing import check, tests
from softmax import softmax_temperature

TESTS = tests()


@pytest.mark.parametrize("cases", [cases for _, cases in TESTS], ids=[name for name, _ in TESTS])
def test_case(cases):
    """Every answer is right."""
    check(softmax_temperature, cases)
