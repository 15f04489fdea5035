"""Outcomes: how each check ends, what it earns, and whose fault it is."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from grader import call, check, expect, probes
from grader.exercise.asked import Asked
from grader.exercise.exercise import Exercise
from grader.exercise.expect import found
from grader.exercise.reference import Recorded
from grader.exercise.reply import Facts, Opaque, Place, Problem, Raised, Reply, Status
from grader.judge import judge

A = probes("a", [call("f", 1.0), call("f", 2.0), call("f", [3.0])])
B = probes("b", [call("f", -1.0), call("f", -2.0), call("f", -3.0), call("f", -4.0)])
Make = Callable[..., Any]


@check(points=2, on=A)
def agrees(subject: Asked, reference: Asked) -> None:
    """Answers are right."""
    expect(subject).agrees(reference, on=A)


@check(points=4, on=B)
def refuses(subject: Asked) -> None:
    """Negative numbers are refused."""
    expect(subject).refuses(ValueError, on=B)


@check(points=1, needs=["agrees"])
def computed(subject: Asked, reference: Asked) -> None:
    """Computed inputs are answered, too."""
    expect(subject.f(5.0)).equal(reference.f(5.0))


@check(points=1, needs=["computed"])
def last(subject: Asked) -> None:
    """Everything waits for something."""
    expect(subject.f(6.0)).equal(12.0)


def right(x: object) -> object:
    """Double what is not negative."""
    if np.any(np.asarray(x) < 0):
        raise ValueError("negative")
    return 2.0 * np.asarray(x, dtype=np.float64)


def no_refusals(x: object) -> object:
    """Double everything."""
    return 2.0 * np.asarray(x, dtype=np.float64)


def some_refusals(x: object) -> object:
    """Refuse only what is below -2."""
    return right(x) if np.all(np.asarray(x) > 0) or np.any(np.asarray(x) < -2) else 0.0


def todo(_: object) -> object:
    """Raise as an untouched stub does."""
    raise NotImplementedError


def half_written(x: object) -> object:
    """Refuse, and do nothing else."""
    if np.any(np.asarray(x) < 0):
        raise ValueError("negative")
    raise NotImplementedError


def crashes(_: object) -> object:
    """Break."""
    return 1 / 0


def hungry(_: object) -> object:
    """Ask for more than there is."""
    raise MemoryError


@pytest.mark.parametrize(
    ("function", "outcomes", "points"),
    [
        (right, ["passed", "passed", "passed", "passed"], 8.0),
        (no_refusals, ["passed", "failed", "passed", "passed"], 4.0),
        (some_refusals, ["passed", "partial", "passed", "passed"], 6.0),
        (lambda _: 7.0, ["failed", "failed", "skipped", "skipped"], 0.0),
        (todo, ["todo", "todo", "todo", "todo"], 0.0),
        (half_written, ["todo", "passed", "todo", "todo"], 4.0),
        (crashes, ["crashed", "failed", "skipped", "skipped"], 0.0),
        (hungry, ["memory", "failed", "skipped", "skipped"], 0.0),
    ],
    ids=["right", "no refusals", "some refusals", "constant", "todo", "half written", "crashes", "hungry"],
)
def test_each_check_ends_in_one_way_and_earns_its_points(
    course: Make, function: Callable[[object], object], outcomes: list[str], points: float
) -> None:
    """Waiting is no failure, an unwritten function is no failure, and refusals earn their share."""
    report = course(right, A, B, agrees, refuses, computed, last).judge(function)
    assert [str(result.outcome) for result in report.results] == outcomes
    assert (report.points, report.max_points, report.faulty) == (points, 8.0, False)


def test_a_check_says_what_it_waits_for(course: Make) -> None:
    """A student is told which check to look at first."""
    results = course(right, A, B, agrees, refuses, computed, last).judge(crashes).results
    assert [result.waits_for for result in results] == [(), (), ("agrees",), ("computed",)]


def test_todo_beats_skipped(course: Make) -> None:
    """What waits for an unwritten and for a failed check is not yet begun."""

    @check(points=1, needs=["refuses", "agrees"])
    def both(subject: Asked) -> None:
        """Both are needed."""
        subject.f(1.0)

    def half(x: object) -> object:
        if np.any(np.asarray(x) < 0):
            raise NotImplementedError
        return 7.0

    assert course(right, A, B, agrees, refuses, both).outcomes(half) == ["failed", "todo", "todo"]


@pytest.mark.parametrize(
    "status", [Status.TIMEOUT, Status.MEMORY, Status.CRASHED, Status.MISSING, Status.TAMPERED], ids=str
)
def test_a_call_that_was_stopped_costs_its_check_only(course: Make, status: Status) -> None:
    """Each way of being stopped is its own outcome, with the place and the times."""
    reply = Reply(status, seconds=1.9, waited=20.0, place=Place("f.py", 3), note="signal 9")
    report = course(right, A, B, agrees, refuses).recorded(right, a1=reply)
    first, second = report.results
    assert (str(first.outcome), first.points) == (str(status), 0.0)
    assert str(second.outcome) == "passed"
    assert first.finding.case == "f(2.0)"
    assert first.finding.probe == "a[1]"
    assert (first.finding.kind, first.finding.place, first.finding.note) == (str(status), Place("f.py", 3), "signal 9")
    assert (first.finding.seconds, first.finding.limit, first.finding.waited) == (1.9, 2.0, 20.0)
    assert first.finding.reference_seconds is not None


def test_a_crash_shows_the_innermost_line_of_the_student(course: Make) -> None:
    """The exception with its trace, and the last place in it."""
    trace = (Place("f.py", 2, "f"), Place("f.py", 9, "inner", {"x": "0"}))
    raised = Raised("KeyError", ("KeyError", "LookupError"), "'x'", trace)
    report = course(right, A, agrees).recorded(
        right, a0=Reply(Status.RAISED, raised=raised, warned=("RuntimeWarning: x",))
    )
    finding = report.results[0].finding
    assert str(report.results[0].outcome) == "crashed"
    assert (finding.raised, finding.place, finding.warned) == (raised, trace[1], ("RuntimeWarning: x",))


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [
        ("missing", "missing"),
        ("timeout", "timeout"),
        ("memory", "memory"),
        ("SyntaxError", "crashed"),
        ("E", "crashed"),
    ],
)
def test_a_file_that_cannot_be_loaded_ends_every_check_alike(course: Make, kind: str, outcome: str) -> None:
    """The report keeps why, and nothing is asked."""
    exercise = course(right, A, B, agrees, refuses).exercise
    facts = Facts("f.py", problem=Problem(kind, "why", 3))
    report = judge(exercise, Recorded({}, facts))
    assert [str(result.outcome) for result in report.results] == [outcome, outcome]
    assert (report.points, report.facts) == (0.0, facts)


def breaks(subject: Asked) -> object:
    """Break on values of the right kind."""
    return 1 / (subject(A.probes[0]) * 0).item()


def asks_for_another(subject: Asked) -> None:
    """Ask for a name that the exercise does not have."""
    subject.g(1.0)


def agrees_on_refusals(subject: Asked, reference: Asked) -> None:
    """Expect values where the reference has none."""
    expect(subject).agrees(reference, on=B)


def gives_too_much(subject: Asked) -> None:
    """Give more than everything."""
    expect(subject.f(1.0)).worth(2.0)


@pytest.mark.parametrize(
    ("function", "note"),
    [
        (breaks, "ZeroDivisionError"),
        (asks_for_another, "asks for g, which is not among the exercise's calls: ('f',)"),
        (agrees_on_refusals, "f(-1.0) gave no value: ValueError"),
        (gives_too_much, "the share must lie between 0 and 1"),
    ],
)
@pytest.mark.parametrize("student", [right, no_refusals])
def test_a_check_that_breaks_is_our_error_and_never_a_mark(
    course: Make, function: Callable[..., None], note: str, student: Callable[[object], object]
) -> None:
    """Whatever the student wrote; the traceback is there for the author, and other checks go on."""
    report = course(right, A, B, check(points=1)(function), agrees).judge(student)
    first, second = report.results
    assert (str(first.outcome), first.points, first.diagnosis) == ("error", 0.0, None)
    assert first.finding.kind == "error"
    assert first.finding.note.startswith("Traceback (most recent call last):")
    assert note in first.finding.note
    assert report.faulty
    assert str(second.outcome) == "passed"


HOSTILE = [
    None,
    True,
    "2.0",
    b"2",
    2,
    10**400,
    -(10**1000),
    float("nan"),
    float("inf"),
    1j,
    [2.0],
    (2.0,),
    {"a": 2.0},
    {2: {3: [None]}},
    set(),
    object(),
    Exception("no"),
    np.float32(2.0),
    np.array([]),
    np.array([[2.0]]),
    np.array([2.0], dtype=np.float32),
    np.array([2]),
    np.array([True]),
    np.array([2.0 + 1j]),
    np.array(["a"]),
    np.array([None]),
    np.ma.array([2.0], mask=[True]),
    np.zeros((0, 3)),
    np.array(-(2**63)),
    Opaque("Loud"),
]


@check(points=1, on=A)
def in_every_word(subject: Asked, reference: Asked) -> None:
    """Every word is used on the value."""
    value = subject(A.probes[2])
    expect(value).finite()
    expect(value).shape((1,))
    expect(value).dtype("float64")
    expect(value).between(0.0, 10.0)
    expect(value).close(reference(A.probes[2]), within=1.0)
    expect(value / 6.0).distribution()


@check(points=1)
def computes(subject: Asked) -> None:
    """The check computes with what it gets."""
    values = [subject(probe) for probe in A]
    expect(float(values[2][0]) + values[0] * values[1]).close(14.0)


@pytest.mark.parametrize(
    "value", HOSTILE, ids=lambda value: f"{type(value).__name__} {value!r}".partition(" at 0x")[0][:30]
)
def test_a_hostile_value_fails_and_breaks_nothing(course: Make, value: object) -> None:
    """It earns nothing, it is described, and it is never our error."""
    report = course(right, A, agrees, in_every_word, computes).judge(lambda _: value)
    assert [str(result.outcome) for result in report.results] == ["failed", "failed", "failed"]
    assert report.points == 0.0
    assert all(result.finding.kind in {"type", "shape", "dtype", "values", "property"} for result in report.results)


@pytest.mark.parametrize("action", ["always", "error"])
def test_what_a_check_makes_of_a_value_is_not_warned_of(course: Make, action: Any) -> None:  # noqa: ANN401 - one of a few words
    """Whatever the environment makes of warnings: it changes no outcome, and nothing is printed."""

    @check(points=1)
    def casts(subject: Asked) -> None:
        """The imaginary part is dropped."""
        expect(np.asarray(subject.f(1.0), dtype=np.float64)).close(np.array([1.0]))

    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter(action)
        outcomes = course(right, A, casts).outcomes(lambda _: np.array([1.0 + 5.0j]))
    assert (outcomes, warned) == (["passed"], [])


@pytest.mark.parametrize("share", [0.0, 0.25, 0.5, 1.0])
def test_worth_gives_a_share_of_the_points(course: Make, share: float) -> None:
    """Nothing is a failure, a part is partial, and all is a pass."""

    @check(points=3)
    def shared(subject: Asked) -> None:
        """A share is given."""
        expect(subject.f(1.0)).worth(share, saying={"share": share})

    result = course(right, A, shared).first(right)
    assert str(result.outcome) == {0.0: "failed", 1.0: "passed"}.get(share, "partial")
    assert (result.points, result.max_points) == (3 * share, 3.0)
    assert (
        result.finding is None
        if share == 1.0
        else (result.finding.kind, result.finding.measures)
        == (
            "credit",
            {"share": share},
        )
    )


def test_points_are_added_without_the_dust_of_floats(course: Make) -> None:
    """Ten tenths are one."""
    checks = []
    for index in range(10):

        def tenth(subject: Asked) -> None:
            """A tenth."""
            subject.f(1.0)

        tenth.__name__ = f"tenth_{index}"
        checks.append(check(points=0.1)(tenth))
    report = course(right, A, *checks).judge(right)
    assert (report.points, report.max_points) == (1.0, 1.0)


def test_found_names_the_misconception_and_its_numbers(course: Make) -> None:
    """The check itself is the proof."""

    @check(points=1, finds=["swapped"])
    def proof(subject: Asked) -> None:
        """The proof."""
        if subject.f(1.0) != 2.0:
            found("swapped", gap=0.5)

    result = course(right, A, proof).first(lambda _: 3.0)
    assert (str(result.outcome), result.diagnosis) == ("failed", "swapped")
    assert (result.finding.kind, result.finding.measures, result.finding.case) == ("property", {"gap": 0.5}, "f(1.0)")


def test_an_exercise_without_checks_has_an_empty_report(course: Make) -> None:
    """Nothing to earn, and nothing wrong."""
    exercise: Exercise = course(right, A).exercise
    report = judge(exercise, exercise.reference)
    assert (report.exercise, report.results, report.points, report.max_points) == ("f", (), 0.0, 0.0)
