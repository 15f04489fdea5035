"""Findings: the evidence that is shown, from the smallest failing input to the first wrong entry."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from grader import array, call, check, expect, probes
from grader.exercise.asked import Asked
from grader.exercise.reply import Place, Raised, Reply, Status
from grader.judge import Finding, Row

Make = Callable[..., Any]
SHORT = probes("short", [call("f", [1.0]), call("f", [1.0, 2.0]), call("f", array([[1.0, 2.0], [3.0, 4.0]]))])
LONG = probes("long", [call("f", array(np.arange(100.0)))])


def right(x: object) -> object:
    """Double every entry."""
    return 2.0 * np.asarray(x, dtype=np.float64)


def compared(group: object, **options: Any) -> Any:  # noqa: ANN401 - a check
    """Return a check that answers on a group are right."""

    @check(points=1, on=group)  # type: ignore[arg-type]
    def agrees(subject: Asked, reference: Asked) -> None:
        """Answers are right."""
        expect(subject).agrees(reference, on=group, **options)

    return agrees


def finding(course: Make, function: Callable[[Any], object], group: Any = SHORT, **options: Any) -> Finding:  # noqa: ANN401 - options
    """Return the finding of the first difference."""
    found = course(right, group, compared(group, **options)).first(function).finding
    assert found is not None
    return found


def test_the_smallest_failing_input_is_shown_with_every_entry(course: Make) -> None:
    """A short array is shown whole, beside its inputs, and the wrong entries are marked."""
    seen = finding(course, lambda x: right(x) + (np.arange(np.size(x)).reshape(np.shape(x)) == 1))
    assert (seen.kind, seen.case, seen.probe) == ("values", "f([1.0, 2.0])", "short[1]")
    assert seen.rows == (
        Row(index=(0,), given=1.0, expected=2.0, got=2.0, wrong=False),
        Row(index=(1,), given=2.0, expected=4.0, got=5.0, wrong=True),
    )
    assert (seen.entries, seen.wrong, seen.error, seen.allowed) == (2, 1, 1.0, 4e-12)


def test_of_a_long_array_the_first_wrong_entry_and_its_neighbours_are_shown(course: Make) -> None:
    """Two on each side, and how many are wrong in all."""
    seen = finding(course, lambda x: np.where(np.isin(x, [40.0, 90.0]), -1.0, right(x)), LONG)
    assert [row.index for row in seen.rows] == [(38,), (39,), (40,), (41,), (42,)]
    assert [row.wrong for row in seen.rows] == [False, False, True, False, False]
    assert (seen.entries, seen.wrong) == (100, 2)
    assert (seen.error, seen.allowed) == (181.0, pytest.approx(1.8e-10))


@pytest.mark.parametrize(("place", "shown"), [(0, [0, 1, 2]), (1, [0, 1, 2, 3]), (99, [97, 98, 99])])
def test_the_neighbours_end_where_the_array_ends(course: Make, place: int, shown: list[int]) -> None:
    """No entry is shown twice or from the other end."""
    seen = finding(course, lambda x: np.where(np.arange(100) == place, -1.0, right(x)), LONG)
    assert [row.index[0] for row in seen.rows] == shown


def test_entries_of_a_batch_have_two_indices(course: Make) -> None:
    """Row and column, beside the input of that row and column."""
    seen = finding(course, lambda x: right(x) if np.ndim(x) == 1 else right(x).T)  # type: ignore[attr-defined]
    assert seen.case == "f(np.array([[1.0, 2.0], [3.0, 4.0]]))"
    assert [(row.index, row.given, row.expected, row.got) for row in seen.rows if row.wrong] == [
        ((0, 1), 2.0, 4.0, 6.0),
        ((1, 0), 3.0, 6.0, 4.0),
    ]


def test_inputs_that_do_not_line_up_are_not_shown(course: Make) -> None:
    """A sum has no single input."""
    group = probes("g", [call("f", [1.0, 2.0])])
    total = course(lambda x: float(np.sum(x)), group, compared(group)).first(lambda x: float(np.max(x)))
    assert total.finding.rows == (Row(index=(), given=None, expected=3.0, got=2.0, wrong=True),)
    assert (total.finding.entries, total.finding.wrong, total.finding.error) == (1, 1, 1.0)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_a_value_that_is_no_finite_number_is_the_worst_error(course: Make, value: float) -> None:
    """However large another error is."""
    group = probes("g", [call("f", [1.0, 2.0, 3.0])])
    seen = finding(course, lambda x: np.array([2.0, value, 1e9]), group)  # noqa: ARG005 - any input
    assert seen.error is not None
    assert not np.isfinite(seen.error)
    assert seen.wrong == 2


def test_a_difference_of_integers_does_not_wrap_around(course: Make) -> None:
    """The error of 0 where 255 was expected is 255, and not 1."""
    group = probes("g", [call("f", 1)])
    exercise = course(lambda _: np.array([255], np.uint8), group, compared(group))
    assert exercise.first(lambda _: np.array([0], np.uint8)).finding.error == 255.0


@pytest.mark.parametrize(
    ("value", "kind", "expected", "got"),
    [
        (None, "type", "float64 array of shape (1,)", "NoneType None"),
        ([2.0], "type", "float64 array of shape (1,)", "list [2.0]"),
        (np.zeros((1, 1)), "shape", "1", "1 x 1"),
        (np.zeros(1, np.float32), "dtype", "float64", "float32"),
    ],
)
def test_what_cannot_be_compared_is_described(course: Make, value: object, kind: str, expected: str, got: str) -> None:
    """No rows, but what it should have been and what it is."""
    seen = finding(course, lambda _: value)
    assert (seen.kind, seen.expected, seen.got, seen.rows) == (kind, expected, got, ())
    assert (seen.error, seen.allowed, seen.entries, seen.wrong) == (None, None, 0, 0)


def test_the_place_in_a_dict_is_told(course: Make) -> None:
    """With the rows of that entry."""
    group = probes("g", [call("f", 1.0)])
    exercise = course(lambda _: {"a": 1.0, "b": np.array([2.0])}, group, compared(group))
    seen = exercise.first(lambda _: {"a": 1.0, "b": np.array([3.0])}).finding
    assert (seen.kind, seen.key, seen.rows[0].got) == ("values", "['b']", 3.0)


def test_measures_are_kept_for_the_texts(course: Make) -> None:
    """They fill the placeholders of a rule."""
    seen = finding(course, lambda x: right(x) + 1, saying=lambda _probe, want, got: {"gap": float((got - want).max())})
    assert seen.measures == {"gap": 1.0}


def test_a_computed_call_is_shown_as_python(course: Make) -> None:
    """The evidence of a value is the call that it came from, though another was made later."""

    @check(points=1)
    def computed(subject: Asked) -> None:
        """Computed inputs."""
        first, _second = subject.f([1.0]), subject.f([5.0])
        expect(first).close([2.0])

    seen = course(right, SHORT, computed).first(right).finding
    assert (seen.case, seen.probe, seen.kind) == ("f([1.0])", "", "type")


def test_refusals_tell_what_was_answered_instead(course: Make) -> None:
    """The first input that is not refused, with how many were."""
    group = probes("g", [call("f", -1.0), call("f", -2.0)])

    @check(points=1, on=group)
    def refuses(subject: Asked) -> None:
        """Negative numbers are refused."""
        expect(subject).refuses(ValueError, on=group)

    def right(_: object) -> object:
        raise ValueError("negative")

    def other(x: float) -> object:
        if x == -2.0:
            raise TypeError("two")
        raise ValueError("negative")

    exercise = course(right, group, refuses)
    none, some = exercise.first(lambda _: 0.0), exercise.first(other)
    assert (none.finding.kind, none.finding.case, none.finding.expected) == ("not_refused", "f(-1.0)", "ValueError")
    assert (some.finding.kind, some.finding.case, some.finding.got) == ("wrong_refusal", "f(-2.0)", "TypeError")
    assert some.finding.measures == {"refused": 1, "of": 2}
    assert some.finding.raised is not None
    assert (str(some.outcome), some.points) == ("partial", 0.5)


def test_a_changed_argument_is_told_by_name(course: Make) -> None:
    """The call as it was before it was changed."""
    group = probes("g", [call("f", array([1.0]))], observes_arguments=True)

    @check(points=1, on=group)
    def keeps(subject: Asked) -> None:
        """Arguments are kept."""
        expect(subject).leaves_arguments(on=group)

    def doubles(x: Any) -> object:  # noqa: ANN401 - an array
        x *= 2.0
        return x

    seen = course(right, group, keeps).first(doubles).finding
    assert (seen.kind, seen.got, seen.case) == ("arguments", "0", "f(np.array([1.0]))")


def test_a_value_that_came_with_warnings_shows_them(course: Make) -> None:
    """An overflow is often the whole explanation."""
    warned = ("RuntimeWarning: overflow encountered in exp",)
    raised = Raised("OverflowError", ("OverflowError", "Exception"), "no", (Place("f.py", 2),))
    exercise = course(right, SHORT, compared(SHORT))
    report = exercise.recorded(right, short0=Reply(Status.RAISED, raised=raised, warned=warned))
    assert report.results[0].finding.warned == warned
