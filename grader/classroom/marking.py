"""Marking: one submission against an exam, in one child, by a worker that owns one sandbox.

What goes wrong on our side is a fault with its story, and never a mark: the sandbox is made anew and the submission
tried once more, and if that does not help the student is listed as not graded.
"""

from __future__ import annotations

import json
import traceback
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from grader.classroom.exam import Exam
from grader.classroom.export import WHOSE, picture_file
from grader.exercise.reply import Facts, Problem
from grader.fence import FenceError, Notebook, Sandbox
from grader.fence.absent import Absent
from grader.fence.intake import HandedIn
from grader.judge import Outcome, Report, judge
from grader.report.confined import confinement_line
from grader.report.feedback import render_feedback
from grader.report.form import student_to_json
from grader.report.look import Look
from grader.report.picture import draw_picture

Problems = Mapping[str, Problem]
NOTHING: Final[Problems] = {}
TRIES = 2
ENDED = frozenset({Outcome.CRASHED, Outcome.TAMPERED})  # what a student's code did, or the end of our own server


@dataclass(frozen=True, slots=True)
class Job:
    """A submission to be marked, the key of its result, and of the student's own hidden inputs, if there are such."""

    key: bytes
    handed_in: HandedIn
    personal: str = ""


@dataclass(frozen=True, slots=True)
class Marked:
    """A job's result: JSON without a name, the page for the student, its pictures; or the story of a fault of ours."""

    job: Job
    body: str = ""
    feedback: str = ""
    fault: str = ""
    pictures: Mapping[str, str] = field(default_factory=dict)  # exercise -> SVG


class Faulty(Exception):
    """A check of ours that broke: no mark can be given, and trying again would change nothing."""


class Examiner:
    """One worker: a sandbox, and what it marks with."""

    def __init__(self, exam: Exam, slot: int) -> None:
        self._exam = exam
        self._slot = slot
        self._sandbox = self._start()

    @property
    def confinement(self) -> str:
        """What was verified to confine the students' code, in the language of the exam."""
        seen = self._sandbox.confinement
        look = Look(language=self._exam.language)
        return confinement_line(look, seen.on, blocked=len(seen.verified), possible=seen.possible)

    def mark(self, job: Job) -> Marked:
        """Mark a submission; whatever fails on our side is told in the result."""
        try:
            reports = self.examine(job.handed_in.sources, job.handed_in.problems, personal=job.personal)
            seen = self._sandbox.confinement.line
            body = json.dumps(student_to_json("", reports, seen, personal=job.personal), allow_nan=False)
            look = Look(language=self._exam.language, plain=True)
            pictures = {one.exercise: drawn for one in reports if (drawn := draw_picture(one, look))}
            return Marked(job, body, self._page(reports, look, pictures), pictures=pictures)
        except Faulty as faulty:
            return Marked(job, fault=str(faulty))
        except Exception:  # noqa: BLE001 - a fault of ours must cost one student an hour, not the class a night
            return Marked(job, fault=traceback.format_exc())

    def examine(
        self, written: Mapping[str, bytes] | Notebook, problems: Problems = NOTHING, *, personal: str = ""
    ) -> tuple[Report, ...]:
        """Return the report of each exercise; if the sandbox fails, a new one is tried before that is raised."""
        exam = self._exam.drawn_for(personal)
        for _ in range(TRIES - 1):
            try:
                return self._examine(exam, written, problems)
            except Faulty:
                raise
            except Exception:  # noqa: BLE001 - whatever it is, the last try raises it again
                self._renew()
        return self._examine(exam, written, problems)

    def close(self) -> None:
        """End the sandbox."""
        self._sandbox.close()

    def _examine(self, exam: Exam, written: Mapping[str, bytes] | Notebook, problems: Problems) -> tuple[Report, ...]:
        reports = tuple(self._reports(exam, written, problems))
        results = [result for report in reports for result in report.results]
        faults = [one.finding.note for one in results if one.outcome is Outcome.ERROR and one.finding]
        if faults:
            raise Faulty("\n".join(faults))
        if any(one.outcome in ENDED for one in results):
            self._sandbox.fork(self._exam.exercises[0].limits.memory_mb).kill()  # fails if the server is what ended
        return reports

    def _reports(self, exam: Exam, written: Mapping[str, bytes] | Notebook, problems: Problems) -> Iterator[Report]:
        asked = [sheet for sheet in exam.sheets if sheet.slug not in problems]
        with self._sandbox.submission(written) as child:
            subjects = {sheet.slug: subject for sheet, subject in zip(asked, child.ask(asked), strict=True)}
            for exercise, foreseen in zip(exam.exercises, exam.foreseen, strict=True):
                subject = subjects.get(exercise.slug)
                if subject is None:
                    facts = Facts(f"{exercise.slug}.py", problem=problems[exercise.slug])
                    yield judge(exercise, Absent(facts))
                else:
                    yield judge(exercise, foreseen.of(subject))

    def _page(self, reports: tuple[Report, ...], look: Look, pictures: Iterable[str]) -> str:
        exam = self._exam
        page = render_feedback(
            "",
            list(zip(exam.exercises, reports, strict=True)),
            look,
            confinement=self.confinement,
            files={slug: f"{slug}.py" for slug in exam.slugs},
            pictures={slug: picture_file(WHOSE, slug) for slug in pictures},
        )
        return page.plain.encode("utf-8", "replace").decode("utf-8")

    def _start(self) -> Sandbox:
        return Sandbox(policy=self._exam.policy, imports=self._exam.imports, slot=self._slot)

    def _renew(self) -> None:
        """Take a new sandbox, for the old one may be broken; without one, the next try says so again."""
        with suppress(Exception):
            self._sandbox.close()
        with suppress(FenceError):
            self._sandbox = self._start()
