"""Sheet: all that one exercise asks of every submission, in two batches: what a student may be shown, and the rest.

They are kept apart because they are asked apart. A student's page shows values, prints and exceptions of public
checks, and code that finds a hidden input in its memory can put it into each of them. So no hidden input comes near a
child that has something to say on that page.

A task is one side of a sheet, apart from the calls.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from grader.exercise.exercise import Exercise, Limits
from grader.exercise.foresee import Foreseen
from grader.fence.batch import Batch

MEGABYTE = 1 << 20
NOTHING_FORESEEN = Foreseen()


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """What is asked of one exercise.

    Parameters
    ----------
    slug : str
        The exercise, and the name of a student's file.
    calls : tuple of str
        The functions that may be asked for.
    limits : Limits
        What one call, and one child, may use.
    shown, hidden : Batch
        The calls whose answers a student may be shown, and the others.
    """

    slug: str
    calls: tuple[str, ...]
    limits: Limits
    shown: Batch
    hidden: Batch = field(default_factory=lambda: Batch(()))

    def __post_init__(self) -> None:
        unknown = (self.shown.functions | self.hidden.functions) - frozenset(self.calls)
        if unknown:
            named = ", ".join(sorted(unknown))
            raise ValueError(f"{named} is not among the calls of {self.slug}: {', '.join(self.calls)}")


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """What is asked of one exercise, apart from the calls; ``hidden`` if a student may not see them."""

    slug: str
    calls: tuple[str, ...]
    limits: Limits
    hidden: bool = False

    @property
    def reply_bytes(self) -> int:
        """The largest value that one reply may hold."""
        return self.limits.reply_mb * MEGABYTE


def sheet_of(exercise: Exercise, foreseen: Foreseen = NOTHING_FORESEEN) -> Sheet:
    """Return the sheet of an exercise; what its checks will compute is asked with what they declare."""
    public = exercise.public_groups
    asked = [(probe, probe.group not in public) for probe in exercise.probes]
    asked += [(probe, probe.call.hidden) for probe in foreseen.probes]
    shown, hidden = (Batch(probe for probe, secret in asked if secret is side) for side in (False, True))
    return Sheet(exercise.slug, exercise.calls, exercise.limits, shown, hidden)
