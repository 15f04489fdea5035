"""Bank: what every known wrong answer says to every declared probe.

Only the answers that differ from the reference are kept; for all others the wrong answer is right. Of an answer is
kept what its group of probes observes: a few numbers of twenty thousand draws.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from grader.exercise.reply import Reply


@dataclass(frozen=True, slots=True, eq=False)
class Mistake:
    """One wrong answer: its diagnosis, which of several spellings it is, and its differing replies."""

    diagnosis: str
    variant: str
    replies: Mapping[str, Reply]  # probe name -> what was observed; absent: as the reference


@dataclass(frozen=True, slots=True, eq=False)
class Bank:
    """All recorded mistakes of an exercise."""

    mistakes: tuple[Mistake, ...] = field(default=())

    @property
    def diagnoses(self) -> tuple[str, ...]:
        """The names that can be found, each once."""
        return tuple(dict.fromkeys(mistake.diagnosis for mistake in self.mistakes))
