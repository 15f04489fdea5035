"""judge: run the checks of an exercise against a subject and say what was found.

The judge trusts nothing that a subject says: it compares plain values. A check that breaks is our
fault, is reported as such, and is never a mark.
"""

from __future__ import annotations

import traceback
import warnings
from dataclasses import dataclass, field, replace

import numpy as np

from grader.exercise.asked import Asked, Unanswered
from grader.exercise.check import AuthorError, Check
from grader.exercise.drawing import Drawing, drawing
from grader.exercise.exercise import Exercise
from grader.exercise.probe import Probe
from grader.exercise.subject import Subject
from grader.exercise.unmet import Unmet
from grader.judge.evidence import from_unanswered, from_unmet
from grader.judge.naming import Naming
from grader.judge.outcome import OF_STATUS, Outcome
from grader.judge.report import Finding, Report, Result
from grader.judge.unlike import first_unlike

UNREAD = (
    "missing",
    "misnamed",
    "two files",
    "symbolic link",
    "no file",
    "too large",
    "unreadable",
)  # none was taken in
OF_PROBLEM = {
    **dict.fromkeys(UNREAD, Outcome.MISSING),
    "timeout": Outcome.TIMEOUT,
    "memory": Outcome.MEMORY,
    "tampered": Outcome.TAMPERED,
}
UNNAMED = frozenset({Outcome.PASSED, Outcome.TODO, Outcome.SKIPPED, Outcome.ERROR, Outcome.MISSING, Outcome.TAMPERED})


def judge(exercise: Exercise, subject: Subject) -> Report:
    """Return the report of one subject on one exercise.

    Parameters
    ----------
    exercise : Exercise
        With its reference and its bank of known mistakes.
    subject : Subject
        What is judged.

    Returns
    -------
    Report
        One result for each check, in order.
    """
    trial = _Trial(exercise, subject, Naming(exercise, subject))
    if subject.facts.problem is not None:
        outcome = OF_PROBLEM.get(subject.facts.problem.kind, Outcome.CRASHED)
        results = tuple(_result(check, outcome) for check in exercise.checks)
    else:
        with np.errstate(all="ignore"), warnings.catch_warnings(action="ignore"):  # of whatever a student returned
            results = tuple(trial.run(check) for check in exercise.checks)
    return Report(exercise.slug, results, subject.facts, exercise.optional)


@dataclass
class _Trial:
    """One run of all checks, and what passed so far."""

    exercise: Exercise
    subject: Subject
    naming: Naming
    outcomes: dict[str, Outcome] = field(default_factory=dict)

    def run(self, check: Check) -> Result:
        """Run one check, or let it wait."""
        waits = tuple(name for name in check.needs if self.outcomes[name] is not Outcome.PASSED)
        if waits:
            unwritten = any(self.outcomes[name] is Outcome.TODO for name in waits)
            outcome = Outcome.TODO if unwritten else Outcome.SKIPPED
            result = _result(check, outcome, waits_for=waits)
        else:
            result = self._asked(check)
        self.outcomes[check.name] = result.outcome
        return result

    def _asked(self, check: Check) -> Result:
        try:
            return self._ask(check)
        except Exception:  # noqa: BLE001 - whatever a check or its evidence does wrong is our fault and must not be a mark
            return _result(check, Outcome.ERROR, finding=Finding("error", note=traceback.format_exc()))

    def _ask(self, check: Check) -> Result:
        subject = Asked(self.subject, self.exercise.calls, hidden=check.hidden)
        reference = Asked(self.exercise.reference, self.exercise.calls, self.exercise.expected)
        try:
            check.run(*([subject, reference] if check.wants_reference else [subject]))
        except Unmet as unmet:
            return self._failed(check, unmet, subject)
        except Unanswered as unanswered:
            if unanswered.of is reference:
                raise
            return self._unanswered(check, unanswered)
        except Exception:
            unlike = first_unlike(subject, self.exercise.reference)
            if unlike is None:
                raise
            return self._failed(check, unlike, subject)
        return _result(check, Outcome.PASSED, points=check.points)

    def _failed(self, check: Check, unmet: Unmet, subject: Asked) -> Result:
        outcome = Outcome.PARTIAL if unmet.credit > 0 else Outcome.FAILED
        source, reply = subject.source_of(unmet.value) or (None, None)
        asked = unmet.asked or source
        note = reply.note if reply is not None and source is asked else ""
        finding = replace(from_unmet(unmet, asked), drawn=self._drawn(asked), note=note)
        _must_find(check, unmet.named or unmet.otherwise)
        name, tried = (unmet.named, 0) if unmet.named else self.naming.name(check, asked, unmet.otherwise)
        finding = replace(finding, tried=tried)
        points = round(check.points * unmet.credit, 10)
        return _result(check, outcome, points=points, diagnosis=name, finding=finding)

    def _drawn(self, asked: object) -> tuple[Drawing, Drawing] | None:
        """Return the reference's drawing and the subject's, where that is what a probe asks for."""
        if not isinstance(asked, Probe) or not asked.call.draws:
            return None
        known, seen = self.exercise.reference.answer(asked), self.subject.answer(asked)
        return drawing(known.value), drawing(seen.value)

    def _unanswered(self, check: Check, unanswered: Unanswered) -> Result:
        reply = unanswered.reply
        if reply.raised is not None and reply.raised.kind == "NotImplementedError":
            return _result(check, Outcome.TODO, finding=from_unanswered(unanswered, reply))
        outcome = OF_STATUS[reply.status]
        if reply.raised is not None and "MemoryError" in reply.raised.family:
            outcome = Outcome.MEMORY
        known = self.exercise.reference.answer(unanswered.asked) if isinstance(unanswered.asked, Probe) else None
        name, tried = (None, 0) if outcome in UNNAMED else self.naming.name(check, unanswered.asked, None)
        finding = from_unanswered(unanswered, reply, known, self.exercise.limits.cpu_seconds)
        finding = replace(finding, tried=tried)
        return _result(check, outcome, diagnosis=name, finding=finding)


def _must_find(check: Check, diagnosis: str | None) -> None:
    """Refuse a name that the check does not say it finds: law 4 could not prove it."""
    if diagnosis is not None and diagnosis not in check.finds:
        raise AuthorError(f"check {check.name} names {diagnosis!r}, which is not in its finds")


def _result(
    check: Check,
    outcome: Outcome,
    *,
    points: float = 0.0,
    diagnosis: str | None = None,
    finding: Finding | None = None,
    waits_for: tuple[str, ...] = (),
) -> Result:
    return Result(check.name, check.visibility, outcome, points, check.points, diagnosis, finding, waits_for)
