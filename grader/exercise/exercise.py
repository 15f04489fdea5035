"""Exercise: the declaration of one task, with the subject that is right and the ones that are wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from grader.exercise.bank import Bank
from grader.exercise.check import Check
from grader.exercise.probe import Group, Probe
from grader.exercise.subject import Subject
from grader.exercise.texts import Texts


@dataclass(frozen=True, slots=True)
class Limits:
    """What one call, and one child, may use."""

    cpu_seconds: float = 2.0
    memory_mb: int = 1024
    reply_mb: int = 16


@dataclass(frozen=True)
class Exercise:
    """One task: what is asked, what is expected, and the words for both.

    ``reference`` answers as the solution does, and ``bank`` holds what each known wrong answer says.
    """

    slug: str
    order: int
    calls: tuple[str, ...]
    checks: tuple[Check, ...]
    groups: tuple[Group, ...]
    texts: Mapping[str, Texts]
    reference: Subject
    bank: Bank
    limits: Limits = field(default_factory=Limits)
    imports: tuple[str, ...] = ("numpy",)
    public_groups: frozenset[str] = frozenset()
    optional: bool = False
    worth: float | None = None  # with the hidden checks, where those are not here

    @cached_property
    def probes(self) -> tuple[Probe, ...]:
        """Every declared probe, group by group."""
        return tuple(self._probes())

    @cached_property
    def expected(self) -> dict[Any, Any]:
        """What is expected, probe by probe and group by group; it is the same for every subject of a run."""
        return {}

    @cached_property
    def suspects(self) -> dict[str, Any]:
        """The wrong answers of each group as the judge looks through them; the same for every subject, too."""
        return {}

    @property
    def max_points(self) -> float:
        """The sum of the points of all checks."""
        return round(sum(check.points for check in self.checks), 10)

    def group(self, name: str) -> Group:
        """Return the group of that name."""
        return next(group for group in self.groups if group.name == name)

    def _probes(self) -> Iterator[Probe]:
        for group in self.groups:
            yield from group
