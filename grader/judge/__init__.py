"""Verdicts: checks run against a subject, outcomes, diagnosis by behaviour. It knows no process and no words."""

from grader.judge.judge import judge
from grader.judge.outcome import Outcome
from grader.judge.report import Finding, Report, Result, Row, total

__all__ = ["Finding", "Outcome", "Report", "Result", "Row", "judge", "total"]
