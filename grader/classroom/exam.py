"""Exam: what a class is graded with, read once: exercises with all their checks, the reference's answers, the sheets.

Everything that costs time and is the same for every student is done here, before the first submission is opened.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from grader.author.bank import with_bank
from grader.classroom.key import suite_of
from grader.exercise.course import load_author_course
from grader.exercise.exercise import Exercise
from grader.exercise.foresee import Foreseen, foresee
from grader.exercise.personal import key_of_student, personal
from grader.fence import Policy, Sheet, sheet_of


@dataclass(frozen=True)
class Exam:
    """The exercises with the sheet of each, and the terms under which they are graded."""

    title: str
    exercises: tuple[Exercise, ...]
    sheets: tuple[Sheet, ...]
    foreseen: tuple[Foreseen, ...]
    policy: Policy
    language: str
    suite: Mapping[str, str]
    solutions: Path
    also: tuple[str, ...] = ()  # what is loaded besides, for code that is not an answer
    seed: str = ""  # of `--personal`: with a student's name it makes the key of that student's hidden inputs

    @property
    def slugs(self) -> tuple[str, ...]:
        """The exercises, in order."""
        return tuple(exercise.slug for exercise in self.exercises)

    @property
    def terms(self) -> tuple[str, ...]:
        """What decides a result besides the suite and the submission."""
        return (*self.slugs, self.policy, self.language)

    @property
    def imports(self) -> tuple[str, ...]:
        """What the references load, and so the sandbox does, ahead."""
        return tuple(sorted({*self.also, *(name for one in self.exercises for name in one.imports)}))

    def key_of(self, student: str) -> str:
        """Return the key of a student's own hidden inputs; it is empty where all have the same."""
        return key_of_student(self.seed, suite=self.suite["exercises"], student=student) if self.seed else ""

    def drawn_for(self, key: str) -> Exam:
        """Return this exam with the hidden inputs that belong to a key."""
        if not key:
            return self
        exercises = tuple(personal(exercise, self.solutions, key) for exercise in self.exercises)
        foreseen = tuple(map(foresee, exercises))
        return replace(self, exercises=exercises, foreseen=foreseen, sheets=tuple(map(sheet_of, exercises, foreseen)))


def read_exam(
    solutions: Path,
    slugs: Sequence[str],
    *,
    policy: Policy,
    language: str,
    also: tuple[str, ...] = (),
    seed: str = "",
) -> Exam:
    """Read the exercises with their hidden checks, and let the reference answer every probe.

    With a ``seed`` each student has hidden inputs of their own.
    """
    course = load_author_course(solutions)
    chosen = [course.exercise(slug) for slug in slugs] or list(course.exercises)
    exercises = tuple(with_bank(exercise, solutions / exercise.slug) for exercise in chosen)
    for exercise in exercises:
        for probe in exercise.probes:  # now, in one thread: the workers then only read what is known
            exercise.reference.answer(probe)
    foreseen = tuple(map(foresee, exercises))
    return Exam(
        title=course.titles.get(language, course.titles.get("en", "")),
        exercises=exercises,
        sheets=tuple(map(sheet_of, exercises, foreseen)),
        foreseen=foreseen,
        policy=policy,
        language=language,
        suite=suite_of(course.suite, (exercise.slug for exercise in exercises), seed),
        solutions=solutions,
        also=also,
        seed=seed,
    )
