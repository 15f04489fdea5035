"""Report: what was found out, as data without words.

Words are chosen when it is rendered, so one report serves a student in Spanish, an instructor in
English and a spreadsheet. `grader.report.form` turns it into the versioned JSON form.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from grader.exercise.drawing import Drawing
from grader.exercise.reply import Facts, Place, Raised
from grader.judge.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Row:
    """One entry of an array: where it is, the input there if one lines up, expected and got."""

    index: tuple[int, ...]
    given: float | None
    expected: object
    got: object
    wrong: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """One occurrence of something wrong, with its evidence.

    ``kind`` says which of the fields below are filled: values, shape, dtype, type, keys, word, choice, not_refused,
    wrong_refusal, raised, arguments, property, credit, range, law, neighbours, or an
    outcome such as timeout.
    """

    kind: str
    case: str = ""  # the smallest failing call as Python
    probe: str = ""  # its name, when it is a declared one
    key: str = ""  # the entry of a dict, list or tuple
    rows: tuple[Row, ...] = ()
    entries: int = 0  # how many entries there are in all
    wrong: int = 0  # and how many of them are wrong
    error: float | None = None  # largest difference, and what was allowed there
    allowed: float | None = None
    expected: str = ""  # short text form, for shapes, types and the like; of keys those that are missing
    got: str = ""
    measures: Mapping[str, float] = field(default_factory=dict)
    raised: Raised | None = None
    place: Place | None = None
    seconds: float | None = None
    limit: float | None = None  # that the call was given; 0 if it was not run
    waited: float | None = None  # seconds without an answer, if the call was stopped for that
    reference_seconds: float | None = None
    tried: int = 0  # probes on which the student and the named diagnosis agree, when there is one
    warned: tuple[str, ...] = ()  # warnings of the failing call
    note: str = ""
    drawn: tuple[Drawing, Drawing] | None = None  # expected and got, where a drawing is the answer

    @property
    def unrun(self) -> bool:
        """Whether the call was not made at all, because the time for it was spent before."""
        return self.limit == 0


@dataclass(frozen=True, slots=True)
class Result:
    """One check's outcome."""

    check: str
    visibility: str
    outcome: Outcome
    points: float
    max_points: float
    diagnosis: str | None = None
    finding: Finding | None = None
    waits_for: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """All results of one exercise."""

    exercise: str
    results: tuple[Result, ...]
    facts: Facts = field(default_factory=Facts)
    optional: bool = False  # its points can fill up a total, and add nothing to what could be earned

    @property
    def points(self) -> float:
        """Points earned."""
        return round(sum(result.points for result in self.results), 10)

    @property
    def max_points(self) -> float:
        """Points that could be earned."""
        return round(sum(result.max_points for result in self.results), 10)

    @property
    def left_out(self) -> bool:
        """Whether this is an optional exercise that nobody began: there is no file, and none was asked for."""
        return self.optional and self.facts.problem is not None and self.facts.problem.kind == "missing"

    @property
    def faulty(self) -> bool:
        """Whether any outcome is our own fault."""
        return any(result.outcome is Outcome.ERROR for result in self.results)


def total(reports: Iterable[Report]) -> tuple[float, float]:
    """Return the points earned and the points that could be earned over several exercises.

    Optional points raise a total to its maximum and never above. Where all exercises are optional they are the total.
    """
    known = list(reports)
    counted = [report for report in known if not report.optional] or known
    largest = round(sum(report.max_points for report in counted), 10)
    return min(largest, round(sum(report.points for report in known), 10)), largest
