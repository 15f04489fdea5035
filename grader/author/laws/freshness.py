"""Law 6: what is committed in ``exercises/`` is what a release makes today.

Machines differ in the last bit of an exponential, and what a solver or an error estimate makes of that bit can be
seen. So recorded answers are compared as an answer of a student is: by what their probes observe, within tolerance.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.author.laws import Violation
from grader.author.pictures import same_picture
from grader.author.release import stray_files
from grader.exercise.bank import Bank
from grader.exercise.course import Course
from grader.exercise.exercise import Exercise
from grader.exercise.probe import Group, Probe
from grader.exercise.recording import bank_from_json, reply_from_json
from grader.exercise.reply import Reply
from grader.judge.diagnose import same
from grader.judge.observe import observed

Replies = Mapping[str, Reply]  # probe name -> reply


def released_files_fresh(files: Mapping[str, str], target: Path, course: Course) -> Iterator[Violation]:
    """Compare a fresh release of a course with the files below ``target``.

    Recorded answers are compared by observation, pictures by their signatures, all else by bytes.
    """
    for name, text in files.items():
        path = target / name
        if not path.is_file():
            yield Violation(6, name, "it is missing; run grader release")
        elif not _same(name, text, path.read_bytes(), course):
            yield Violation(6, name, "it is not what a release makes; run grader release")
    for path in stray_files(files, target):
        yield Violation(6, str(path.relative_to(target)), "no release makes this file; remove it")


def _same(name: str, fresh: str, kept: bytes, course: Course) -> bool:
    if fresh.encode() == kept:
        return True
    if name.endswith(".svg"):
        return same_picture(fresh, kept.decode("utf-8", errors="replace"))
    if not name.endswith(".json"):
        return False
    try:
        one, other = json.loads(fresh), json.loads(kept)
        if name != "course.json":
            return _same_answers(course.exercise(Path(name).parts[0]), one, other)
        one["suite"] = other["suite"] = ""  # it hashes all other files, each compared itself
    except (ValueError, KeyError, TypeError, AttributeError):
        return False
    return bool(one == other)


def _same_answers(exercise: Exercise, fresh: Mapping[str, Any], kept: Mapping[str, Any]) -> bool:
    """Return whether two recordings say the same to every probe: of the reference, and of each wrong answer."""
    if not same_form(fresh["reference"], kept["reference"]):
        return False
    one, other = (_Recording.of(exercise, tree) for tree in (fresh, kept))
    return (
        [(mistake.diagnosis, mistake.variant) for mistake in one.bank.mistakes]
        == [(mistake.diagnosis, mistake.variant) for mistake in other.bank.mistakes]
        and not one.unlike(one.right, other.right)
        and all(
            one.same_mistake(mistake.replies, its.replies)
            for mistake, its in zip(one.bank.mistakes, other.bank.mistakes, strict=True)
        )
    )


@dataclass(frozen=True)
class _Recording:
    """The answers of one exercise as they were recorded."""

    exercise: Exercise
    right: Replies
    bank: Bank

    @classmethod
    def of(cls, exercise: Exercise, tree: Mapping[str, Any]) -> _Recording:
        right = {name: reply_from_json(reply) for name, reply in tree["reference"].items()}
        return cls(exercise, right, bank_from_json(tree["bank"]))

    def unlike(self, one: Replies, other: Replies) -> set[str]:
        """Return the probes to which two answers differ; where an answer is silent, it is the right one."""
        return {
            probe.name
            for group in self.exercise.groups
            for probe in group
            if probe.name in self.right and not same(group, probe, *self._seen(group, probe, one, other))
        }

    def same_mistake(self, one: Replies, other: Replies) -> bool:
        """Return whether two records are of one wrong answer.

        One that is wrong by rounding says another thing on another machine: to some probes, not to most.
        """
        return 2 * len(self.unlike(one, other)) <= len(one.keys() | other.keys())

    def _seen(self, group: Group, probe: Probe, *said: Replies) -> Iterator[Reply]:
        return (observed(group, probe, replies.get(probe.name, self.right[probe.name])) for replies in said)


def same_form(one: Any, other: Any) -> bool:  # noqa: ANN401 - JSON
    """Return whether two JSON values are equal but for the digits of their fractions."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same_form(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(same_form(a, b) for a, b in zip(one, other, strict=True))
    return bool(one == other) or (isinstance(one, float) and isinstance(other, float))
