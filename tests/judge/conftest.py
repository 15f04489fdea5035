"""An exercise made in the test: a function, its groups of probes, its checks, and known wrong answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any

import pytest

from grader.exercise.bank import Bank, Mistake
from grader.exercise.check import Check
from grader.exercise.exercise import Exercise
from grader.exercise.probe import Group
from grader.exercise.reference import Live, Recorded
from grader.exercise.reply import Reply
from grader.judge import Report, Result, judge
from grader.judge.diagnose import same
from grader.judge.observe import observed

Function = Callable[..., object]


def live(function: Function) -> Live:
    """Return a subject whose ``f`` is this function."""
    module = ModuleType("answers")
    vars(module)["f"] = function
    return Live(module)


class Course:
    """An exercise, and a way to judge functions by it."""

    def __init__(
        self, right: Function, groups: tuple[Group, ...], checks: tuple[Check, ...], wrong: Mapping[str, Function]
    ) -> None:
        reference = live(right)
        bank = Bank(
            tuple(
                Mistake(name.partition("/")[0], name.rpartition("/")[2], _differing(groups, reference, live(function)))
                for name, function in wrong.items()
            )
        )
        self.groups = groups
        public = frozenset(group.name for group in groups)
        self.exercise = Exercise("f", 0, ("f",), checks, groups, {}, reference, bank, public_groups=public)

    def judge(self, function: Function) -> Report:
        """Return the report of a function."""
        return judge(self.exercise, live(function))

    def recorded(self, function: Function, **replaced: Reply) -> Report:
        """Return the report of a function's recorded answers, some of them replaced: ``g0`` is the probe g[0]."""
        subject = live(function)
        answers = {probe.name: subject.answer(probe) for group in self.groups for probe in group}
        answers |= {f"{name[:-1]}[{name[-1]}]": reply for name, reply in replaced.items()}
        return judge(self.exercise, Recorded(answers))

    def first(self, function: Function) -> Result:
        """Return the result of the first check."""
        return self.judge(function).results[0]

    def names(self, function: Function) -> list[str | None]:
        """Return the diagnosis of each check."""
        return [result.diagnosis for result in self.judge(function).results]

    def outcomes(self, function: Function) -> list[str]:
        """Return the outcome of each check."""
        return [str(result.outcome) for result in self.judge(function).results]


def _differing(groups: tuple[Group, ...], right: Live, wrong: Live) -> dict[str, Reply]:
    return {
        probe.name: seen
        for group in groups
        for probe in group
        if not same(
            group,
            probe,
            observed(group, probe, right.answer(probe)),
            seen := observed(group, probe, wrong.answer(probe)),
        )
    }


@pytest.fixture
def course() -> Callable[..., Course]:
    """Return a function that makes an exercise of a right function, groups, checks and wrong functions."""

    def make(right: Function, *parts: Any, **wrong: Function) -> Course:  # noqa: ANN401 - groups and checks
        groups = tuple(part for part in parts if isinstance(part, Group))
        checks = tuple(part for part in parts if isinstance(part, Check))
        return Course(right, groups, checks, {name.replace("__", "/"): function for name, function in wrong.items()})

    return make
