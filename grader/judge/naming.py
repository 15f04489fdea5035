"""Naming: which misconception a failure shows, if any: by behaviour, else the guess of the check's author.

A group has one finding, in the order of the checks. Where a known wrong answer says nothing of its own (nan, or an
exception, in which many faults end), what the subject says on other groups can refute it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from grader.exercise.bank import Mistake
from grader.exercise.check import Check
from grader.exercise.exercise import Exercise
from grader.exercise.probe import Group, Probe
from grader.exercise.reply import Reply
from grader.exercise.subject import Subject
from grader.judge.diagnose import diagnose, matches, same
from grader.judge.observe import all_observed
from grader.judge.suspects import Suspect, Suspects, suspects


@dataclass
class Naming:
    """The names for the failures of one subject; ``found`` is what was recognised so far, by group."""

    exercise: Exercise
    subject: Subject
    found: dict[str, str | None] = field(default_factory=dict)

    def name(self, check: Check, asked: object, otherwise: str | None) -> tuple[str | None, int]:
        """Return the diagnosis of a failure and on how many probes it was seen."""
        group = self._group(check, asked)
        if group is None:
            return otherwise, 0
        if group.name in self.found:
            return None, 0
        others = [other for other in self.exercise.groups if other is not group and self._may_look(check, other)]
        found = diagnose(
            self._seen(group),
            self._suspects(group),
            refuted=lambda mistake: self._refuted(mistake, others),
        )
        self.found[group.name] = found
        return (found, len(group)) if found else (otherwise, 0)

    def _group(self, check: Check, asked: object) -> Group | None:
        if check.on is not None:
            return check.on
        return self.exercise.group(asked.group) if isinstance(asked, Probe) else None

    def _may_look(self, check: Check, group: Group) -> bool:
        """Return whether a check may look at a group: what a student sees must not depend on hidden inputs."""
        return check.hidden or group.name in self.exercise.public_groups

    def _refuted(self, mistake: Mistake, groups: Iterable[Group]) -> bool:
        """Return whether most of the groups on which a wrong answer is wrong speak against it."""
        suspected = [(group, suspect) for group in groups if (suspect := self._suspects(group).which(mistake))]
        return 2 * sum(self._refutes(group, suspect) for group, suspect in suspected) > len(suspected)

    def _refutes(self, group: Group, suspect: Suspect) -> bool:
        """Return whether the subject is right where a wrong answer is not, or was recognised there as another one."""
        seen, here = self._seen(group), self._suspects(group)
        if self.found.get(group.name):
            return not matches(suspect, seen, here)
        return all(same(group, *triple) for triple in zip(group, here.known, seen, strict=True))

    def _seen(self, group: Group) -> list[Reply]:
        return all_observed(group, [self.subject.answer(probe) for probe in group])

    def _suspects(self, group: Group) -> Suspects:
        """Return the wrong answers of a group, put together once per run."""
        if group.name not in self.exercise.suspects:
            known = all_observed(group, [self.exercise.reference.answer(probe) for probe in group])
            self.exercise.suspects[group.name] = suspects(group, known, self.exercise.bank)
        found: Suspects = self.exercise.suspects[group.name]
        return found
