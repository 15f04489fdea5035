"""How much time stopped calls may cost: a student who loops in every call must not hold up the class.

A call that runs out of memory counts as one that was stopped, unless that took it less than going on in a new child
takes. Calls that return, or raise anything else, have a limit each and none in all: they may be right, and slow.

Calls have their full limit until two of their group were stopped, or the time for that is spent. After that they are
made in a hurry: a tenth of the limit, tried once, for half as much time again. So what works is still answered, and
only what is left when that is spent, too, is not run. Shown calls, hidden calls and the calls that checks make later
have a time of their own each, so that a loop among the public inputs does not cost the checks of the others.

So stopped calls cost one exercise at most three times 15 s of CPU time, or 90 s of waiting, and the last stop of each
beyond that. In a notebook, where calls are made as the checks come to them, all have one such time together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from grader.exercise.reply import Reply, Status

PER_GROUP: Final = 2
CPU_SECONDS: Final = 10.0
WALL_SECONDS: Final = 60.0
MORE: Final = 1.5  # times as much, with what calls in a hurry may cost
HURRY: Final = 0.1  # of a call's limit,
LEAST: Final = 0.05  # but not less than what any machine needs for a call of a new child
NOT_RUN: Final = "not run: the time for this exercise ran out"
EXCEEDED: Final = frozenset({Status.TIMEOUT, Status.MEMORY})


class Losses:
    """What stopped calls have cost so far in one exercise."""

    def __init__(self) -> None:
        self._cpu = 0.0
        self._stops: Counter[str] = Counter()
        self._last: dict[str, Status] = {}

    def count(self, group: str, status: Status, seconds: float, waited: float = 0.0) -> None:
        """Count one stopped call: how it ended, and its CPU time, or the time that it let us wait."""
        self._stops[group] += 1
        self._last[group] = status
        self.spend(seconds, waited)

    def spend(self, seconds: float, waited: float = 0.0) -> None:
        """Count the time of one."""
        self._cpu += max(seconds, waited * CPU_SECONDS / WALL_SECONDS)

    def stops(self, group: str) -> int:
        """Return how many calls of a group were stopped."""
        return self._stops[group]

    @property
    def none(self) -> bool:
        """Whether nothing was stopped: the ordinary case, in which no call needs to be looked at."""
        return not self._cpu and not self._stops

    def hurried(self, group: str) -> bool:
        """Return whether a group's calls are made in a hurry from now on."""
        return self._stops[group] >= PER_GROUP or self.spent

    @property
    def spent(self) -> bool:
        """Whether all calls are made in a hurry."""
        return self._cpu >= CPU_SECONDS

    @property
    def over(self) -> bool:
        """Whether nothing more is run at all."""
        return self._cpu >= MORE * CPU_SECONDS

    def unrun(self, group: str) -> Reply:
        """Return what is said of a call that is not run: it ended as the last one of its group."""
        return Reply(self._last.get(group, Status.TIMEOUT), note=NOT_RUN, limit=0.0)


def hurry(cpu_seconds: float) -> float:
    """Return the limit of a call that is made in a hurry."""
    return min(cpu_seconds, max(LEAST, HURRY * cpu_seconds))


def all_exceed(replies: Iterable[Reply]) -> bool:
    """Return whether not one call has ended by itself within its limits."""
    return all(reply.status in EXCEEDED for reply in replies)
