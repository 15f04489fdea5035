"""How much time stopped calls may cost: a student who loops in every call must not hold up the class.

A group whose calls keep being stopped is given up after two, and everything is given up once the time for stopped
calls is spent. What was not run gets the status of what was. Declared and computed calls have a time of their own each,
so that a loop in one group of probes does not cost the checks that make calls later.
"""

from __future__ import annotations

from collections import Counter
from typing import Final

from grader.fence.child import Stopped

PER_GROUP: Final = 2
CPU_SECONDS: Final = 10.0
WALL_SECONDS: Final = 60.0


class Losses:
    """What stopped calls have cost so far in one exercise."""

    def __init__(self) -> None:
        self._cpu = 0.0
        self._stops: Counter[str] = Counter()

    def count(self, group: str, stopped: Stopped) -> None:
        """Count one stopped call."""
        self._stops[group] += 1
        self.spend(stopped)

    def spend(self, stopped: Stopped) -> None:
        """Count the time of one."""
        self._cpu += max(stopped.seconds, stopped.waited * CPU_SECONDS / WALL_SECONDS)

    @property
    def none(self) -> bool:
        """Whether nothing was stopped so far."""
        return not self._stops and not self._cpu

    def given_up(self, group: str) -> bool:
        """Return whether the rest of a group is not run any more."""
        return self._stops[group] >= PER_GROUP or self.spent

    @property
    def spent(self) -> bool:
        """Whether nothing more is run at all."""
        return self._cpu >= CPU_SECONDS
