"""A subject that answers from plain functions, as a check sees it."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

import pytest

from grader.exercise.asked import Asked
from grader.exercise.reference import Live


@pytest.fixture
def asked() -> Callable[..., Asked]:
    """Return a function that makes a subject of named functions."""

    def make(**functions: Callable[..., object]) -> Asked:
        module = ModuleType("answers")
        vars(module).update(functions)
        return Asked(Live(module), tuple(functions))

    return make
