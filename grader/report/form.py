"""The JSON form of reports, ``grader/report/v1``: what is stored, exported and read by other programs.

nan and inf are spelled out as strings, so that every JSON reader can read the file. The schema beside
this module, ``report.schema.json``, says the same in the language of JSON Schema.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable, Mapping
from typing import Any

from grader.judge.report import Finding, Report, Result, total

SCHEMA = "grader/report/v1"


def student_to_json(student: str, reports: Iterable[Report], confinement: str, *, personal: str = "") -> dict[str, Any]:
    """Return one student's reports as one JSON object: a line of ``results.jsonl``.

    ``personal`` is the key of the hidden inputs, where students have their own: with it any failure can be replayed.
    """
    known = list(reports)
    points, max_points = total(known)
    return {
        "schema": SCHEMA,
        "student": student,
        "points": points,
        "max_points": max_points,
        "confinement": confinement,
        **({"personal": personal} if personal else {}),
        "exercises": [report_to_json(report) for report in known],
    }


def report_to_json(report: Report) -> dict[str, Any]:
    """Return the report of one exercise."""
    return {
        "exercise": report.exercise,
        "points": report.points,
        "max_points": report.max_points,
        "optional": report.optional,
        "problem": _plain(dataclasses.asdict(report.facts.problem)) if report.facts.problem else None,
        "results": [result_to_json(result) for result in report.results],
    }


def result_to_json(result: Result) -> dict[str, Any]:
    """Return the result of one check."""
    made: dict[str, Any] = {
        "check": result.check,
        "visibility": result.visibility,
        "outcome": str(result.outcome),
        "points": result.points,
        "max_points": result.max_points,
        "diagnosis": result.diagnosis,
    }
    if result.finding is not None:
        made["finding"] = finding_to_json(result.finding)
    if result.waits_for:
        made["waits_for"] = list(result.waits_for)
    return made


def finding_to_json(finding: Finding) -> dict[str, Any]:
    """Return a finding without its empty fields, and without drawings: thousands of numbers, for pictures only."""
    given = dataclasses.asdict(dataclasses.replace(finding, drawn=None))
    return {name: _plain(value) for name, value in given.items() if value not in (None, "", (), {}, 0)}


def _plain(value: Any) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, complex):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value
