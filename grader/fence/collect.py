"""Collect the replies to a whole batch, however many children that takes.

A call that ends its child costs only itself: a new child goes on after it. One that took long to run out of memory has
its child ended. A timeout must happen in two children before it counts. The rest of a group in which a call was stopped
is left to the end, so that what works is answered first, and only then the time for stopped calls is spent. Once it is
spent, calls go on in a hurry: with a shorter limit, at which one timeout counts, so that what works and was not asked
yet is answered all the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from grader.exercise.losses import Losses, all_exceed, hurry
from grader.exercise.reply import Facts, Problem, Reply, Status
from grader.fence.batch import Batch
from grader.fence.child import Stopped
from grader.fence.conversation import Conversation, Unloaded
from grader.fence.sheet import Task

KIND_OF_STOP: Final = {
    Status.TIMEOUT: "timeout",
    Status.MEMORY: "memory",
    Status.CRASHED: "crashed",
    Status.TAMPERED: "tampered",
}
COMPUTED: Final = "computed"  # the group of all calls whose inputs a check computes


class Collection:
    """The facts of one file and the replies of its functions to one batch.

    Parameters
    ----------
    first : Collection, optional
        What was collected of the same file before, when nothing hidden was asked yet. If the file could not be loaded
        then, it cannot be now; and if calls ended their child, some of these may, so replies come one by one.
    """

    def __init__(self, talk: Conversation, task: Task, batch: Batch, first: Collection | None = None) -> None:
        self.talk = talk
        self.task = task
        self.batch = batch
        self.facts: Facts | None = first.facts if first else None
        self.replies: dict[int, Reply] = {}
        self.blocked: Reply | None = first.blocked if first else None  # the reply to every call, if the file is broken
        self._first = first
        self.losses = Losses()
        self.later: Losses = first.later if first else Losses()  # of the calls that checks make later
        self._pending = list(range(len(batch)))
        self._slow = False  # whether some call, it is not known which, was stopped once for time
        self.eager: bool = first is not None and first.eager  # whether replies come one by one: then it is known which
        self._doubted: set[int | None] = set()  # what has been stopped once for time; None is loading, for any reason

    def run(self) -> None:
        """Ask for everything until nothing is left."""
        if not self.talk.written.knows(self.task.slug):
            self._block(Problem("missing", ""), Reply(Status.MISSING))
        self._give_up()
        while (self._pending or self.facts is None) and self.blocked is None:
            self._ask(self._next_order())
            self._give_up()
        if self.blocked is not None:
            self.replies.update(dict.fromkeys(self._pending, self.blocked))

    def computed(self, request: dict[str, Any], buffers: Sequence[bytes]) -> Reply:
        """Make one call with computed inputs; a timeout is repeated in a fresh child."""
        if self.blocked is not None:
            return self.blocked
        if self._spent(self.later) or self._nothing_ends():
            return self.later.unrun(COMPUTED)
        limit = self._limit(hurried=self.later.hurried(COMPUTED))
        stops: list[Stopped] = []
        for _attempt in range(1 if limit else 2):
            try:
                said = list(self.talk.ask(self.task, request, buffers, count=1, limit=limit))
                return next(reply for reply in said if isinstance(reply, Reply))
            except Unloaded as unloaded:
                return unloaded.reply
            except Stopped as stop:
                stops.append(stop)
                if stop.status is not Status.TIMEOUT:
                    break
        for doubted in stops[:-1]:
            self.later.spend(*_cost(doubted))
        return self.later.unrun(COMPUTED) if self._idled else self._count(COMPUTED, stops[-1], self.later, limit)

    def _next_order(self) -> list[int]:
        """Return which calls to ask for next: a doubted one alone, else all up to the next doubted or hurried one."""
        if self.losses.none and not self._doubted:
            return list(self._pending)
        hurried = any(map(self._hurried, self._pending[:1]))
        ends = (n for n, index in enumerate(self._pending) if index in self._doubted or self._hurried(index) != hurried)
        return self._pending[: next(ends, len(self._pending)) or 1]

    def _hurried(self, index: int) -> bool:
        return self.losses.hurried(self.batch.probes[index].group)

    def _ask(self, order: list[int]) -> None:
        """Ask for some calls, and take what comes until it ends in one way or another."""
        request = {"batch": self.batch.key, "order": order, "eager": self.eager, "facts": self.facts is None}
        limit = self._limit(hurried=any(map(self._hurried, order[:1])))  # they are all alike in that
        taken: list[int] = []
        try:
            for said in self.talk.ask(self.task, request, count=len(order), batch=self.batch, limit=limit):
                if isinstance(said, Reply):
                    taken.append(self._pending.pop(0))
                    self.replies[taken[-1]] = said
                else:
                    self.facts = said
        except Unloaded as unloaded:
            self._block(unloaded.problem, unloaded.reply)
        except Stopped as stop:
            self._stopped(stop, taken)

    def _stopped(self, stop: Stopped, taken: list[int]) -> None:
        if self._idled and stop.status is not Status.TAMPERED:
            return  # nothing more is run
        if (self.facts is None or stop.loading) and self._loads_anew(stop):
            return
        if self.facts is None:
            self._block(Problem("SyntaxError", stop.note, why="parser_ended"), _reply(stop))
        elif stop.loading:
            self._stopped_loading(stop)
        elif stop.status is Status.TAMPERED:
            self._stopped_tampering(stop, taken)
        elif not self.eager and stop.said is None:  # some call after the last reply that came: find out which
            self.eager = True
            self._slow = stop.status is Status.TIMEOUT
            self.losses.spend(*_cost(stop))
        elif self._pending:
            self._stopped_calling(stop)

    def _loads_anew(self, stop: Stopped) -> bool:
        """Return whether a new child is to load it: once more, for this one may have been slow, or worn out before.

        After that a file is broken, and a notebook goes on without the cell that ended the child.
        """
        if None not in self._doubted:
            self._doubted.add(None)
            return True
        self._doubted.discard(None)
        return stop.cell is not None and self.talk.skip(stop)

    def _stopped_tampering(self, stop: Stopped, taken: list[int]) -> None:
        """Blame the call that is due, or the one before it; among replies that came together it is not known which."""
        if not self.eager:
            self.eager = True
            self._pending[:0] = taken
            for index in taken:
                del self.replies[index]
            return
        guilty = taken[-1] if taken and (stop.previous or not self._pending) else self._pending.pop(0)
        self.replies[guilty] = self._count(self.batch.probes[guilty].group, stop, self.losses)

    def _stopped_loading(self, stop: Stopped) -> None:
        line = stop.place.line if stop.place else None
        self._block(Problem(KIND_OF_STOP[stop.status], stop.note, line), _reply(stop))

    def _stopped_calling(self, stop: Stopped) -> None:
        index = self._pending[0]
        hurried = self._hurried(index)
        sure = self._slow or index in self._doubted or hurried
        self._slow = False
        if stop.status is Status.TIMEOUT and not sure:
            self._doubted.add(index)
            self.losses.spend(*_cost(stop))
            return
        limit = self._limit(hurried=hurried)
        self.replies[self._pending.pop(0)] = self._count(self.batch.probes[index].group, stop, self.losses, limit)
        self._pending.sort(key=lambda other: self.losses.stops(self.batch.probes[other].group))

    def _limit(self, *, hurried: bool) -> float | None:
        """Return the limit of calls, unless it is the usual one."""
        return hurry(self.task.limits.cpu_seconds) if hurried else None

    def _count(self, group: str, stop: Stopped, losses: Losses, limit: float | None = None) -> Reply:
        losses.count(group, stop.status, *_cost(stop))
        return replace(_reply(stop), limit=limit)

    def _nothing_ends(self) -> bool:
        """Return whether the time is spent and not one call has ended by itself."""
        told = [*self.replies.values(), *(self._first.replies.values() if self._first else ())]
        spent = self.losses.spent or (self._first is not None and self._first.losses.spent)
        return spent and all_exceed(told)

    def _give_up(self) -> None:
        """Answer for the calls that are not run any more."""
        if self._spent(self.losses) or (self._first is not None and self._nothing_ends()):
            self.replies |= {index: self.losses.unrun(self.batch.probes[index].group) for index in self._pending}
            self._pending = []

    def _spent(self, losses: Losses) -> bool:
        """Return whether nothing more is run at all, for what calls have cost, or have let us wait in all."""
        return losses.over or self._idled

    @property
    def _idled(self) -> bool:
        return self.talk.idled(self.task)

    def _block(self, problem: Problem, reply: Reply) -> None:
        """Say why there is no module; a file that cannot be parsed has said so already."""
        self.blocked = reply
        known = self.facts or Facts(f"{self.task.slug}.py")
        self.facts = known if known.problem else replace(known, problem=problem)


def _reply(stop: Stopped) -> Reply:
    if stop.said is not None:
        return stop.said
    waited = stop.waited if stop.silent else 0.0
    return Reply(stop.status, place=stop.place, seconds=stop.seconds, note=stop.note, waited=waited)


def _cost(stop: Stopped) -> tuple[float, float]:
    """Return the CPU time of a stopped call, with loading the file anew for it, and how long it let us wait."""
    return stop.seconds + stop.loaded, stop.waited
