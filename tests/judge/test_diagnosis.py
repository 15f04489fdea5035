"""Diagnosis by behaviour: a name is given on full evidence, and silence is kept on anything less."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from grader import array, call, check, expect, probes
from grader.exercise.asked import Asked
from grader.exercise.reply import Reply, Status

Make = Callable[..., Any]
PLUS = probes("plus", [call("f", 0.0), call("f", 1.0), call("f", 3.0)])
MINUS = probes("minus", [call("f", -1.0), call("f", -2.0)])


def on(group: Any, name: str = "agrees", **options: Any) -> Any:  # noqa: ANN401 - a group, a check
    """Return a check that answers on a group are right."""

    def agrees(subject: Asked, reference: Asked) -> None:
        """Answers are right."""
        expect(subject).agrees(reference, on=group, **options)

    agrees.__name__ = name
    return check(points=1, on=group, finds=[options.get("otherwise", "")])(agrees)


def square(x: Any) -> float:  # noqa: ANN401 - a number
    """Return what is right."""
    return float(x) ** 2


def double(x: Any) -> float:  # noqa: ANN401 - a number
    """Multiply by two instead."""
    return 2.0 * x


def cube(x: Any) -> float:  # noqa: ANN401 - a number
    """Multiply once too often."""
    return float(x) ** 3


def size(x: Any) -> float:  # noqa: ANN401 - a number
    """Return a square with the sign of its root."""
    return abs(x) * float(x)


def test_a_wrong_answer_is_named_when_every_probe_of_the_group_agrees(course: Make) -> None:
    """The name, and on how many probes it was seen."""
    exercise = course(square, PLUS, on(PLUS), doubled=double, cubed=cube)
    result = exercise.first(lambda x: x + x)
    assert (result.diagnosis, result.finding.tried) == ("doubled", 3)
    assert exercise.names(lambda x: x * x * x) == ["cubed"]


def test_rounding_does_not_hide_a_name(course: Make) -> None:
    """Another spelling of the same wrong answer is the same wrong answer."""
    exercise = course(square, PLUS, on(PLUS), thirded=lambda x: x * x / 3.0)
    assert exercise.names(lambda x: x * (x * (1.0 / 3.0))) == ["thirded"]


def test_one_probe_that_differs_is_silence(course: Make) -> None:
    """Almost a known wrong answer is an unknown wrong answer."""
    exercise = course(square, PLUS, on(PLUS), cubed=cube)
    result = exercise.first(lambda x: cube(x) if x != 3.0 else 26.0)
    assert (result.diagnosis, result.finding.tried) == (None, 0)


def test_two_names_that_match_are_silence(course: Make) -> None:
    """On these probes the two cannot be told apart."""
    exercise = course(square, PLUS, on(PLUS), cubed=cube, cubed_too=lambda x: x * abs(x) ** 2, doubled=double)
    assert exercise.names(cube) == [None]
    assert exercise.names(double) == ["doubled"]


def test_two_variants_of_one_name_are_one_name(course: Make) -> None:
    """Several codes may earn the same name."""
    exercise = course(square, PLUS, on(PLUS), cubed__plain=cube, cubed__power=lambda x: np.power(float(x), 3))
    assert exercise.names(cube) == ["cubed"]


def test_a_mistake_that_is_right_in_the_group_is_not_named_there(course: Make) -> None:
    """It differs from the reference elsewhere, so it says nothing here."""
    exercise = course(square, PLUS, MINUS, on(MINUS, otherwise="guess"), only_plus=lambda x: square(x) + (x > 0))
    assert exercise.names(lambda x: square(x) + 1.0) == ["guess"]


def test_a_mistake_is_named_though_other_groups_are_wrong_too(course: Make) -> None:
    """A second fault elsewhere hides nothing, and is named by itself."""
    exercise = course(
        square,
        PLUS,
        MINUS,
        on(PLUS, "first"),
        on(MINUS, "second"),
        cubed=lambda x: cube(x) if x > 0 else square(x),
        signed=size,
    )
    both = lambda x: cube(x) if x > 0 else size(x)  # noqa: E731 - a student's function
    assert exercise.names(both) == ["cubed", "signed"]
    assert exercise.names(lambda x: cube(x) if x >= 0 else 7.0) == ["cubed", None]
    assert exercise.names(lambda x: 7.0 if x >= 0 else size(x)) == [None, "signed"]


def test_a_group_is_explained_once(course: Make) -> None:
    """The second check on the same probes would only say it again."""
    exercise = course(square, PLUS, on(PLUS, "first"), on(PLUS, "second"), cubed=cube)
    assert exercise.outcomes(cube) == ["failed", "failed"]
    assert exercise.names(cube) == ["cubed", None]


def test_the_author_s_guess_is_used_only_when_nothing_matches(course: Make) -> None:
    """Behaviour beats the guess, because it is evidence."""
    exercise = course(square, PLUS, on(PLUS, otherwise="guess"), cubed=cube)
    assert exercise.names(cube) == ["cubed"]
    assert exercise.names(lambda x: x + 5.0) == ["guess"]
    assert exercise.first(lambda x: x + 5.0).finding.tried == 0


def test_a_check_without_probes_has_only_the_guess(course: Make) -> None:
    """There is no group to compare on."""

    @check(points=1, finds=["guess"])
    def computed(subject: Asked) -> None:
        """Computed."""
        expect(subject.f(2.0)).equal(4.0, otherwise="guess")

    assert course(square, PLUS, computed, cubed=cube).names(cube) == ["guess"]


def test_a_check_without_a_group_is_diagnosed_on_the_group_of_its_evidence(course: Make) -> None:
    """The probe that failed belongs to one."""

    @check(points=1)
    def looks(subject: Asked) -> None:
        """Looks at one probe."""
        expect(subject(PLUS.probes[2])).equal(9.0)

    assert course(square, PLUS, looks, cubed=cube).names(cube) == ["cubed"]


def test_nan_and_inf_are_behaviour_too(course: Make) -> None:
    """Nan is nan, and inf is inf of its sign."""
    group = probes("g", [call("f", [1.0, 0.0]), call("f", [2.0, 3.0])])
    exercise = course(
        lambda x: np.asarray(x) * 1.0,
        group,
        on(group),
        divided=lambda x: np.asarray(x) / np.asarray(x),
        inverted=lambda x: 1.0 / np.asarray(x),
    )
    assert exercise.names(lambda x: np.array([1.0, np.nan]) if x[1] == 0.0 else np.ones(2)) == ["divided"]
    assert exercise.names(lambda x: np.divide(1.0, x)) == ["inverted"]
    assert exercise.names(lambda x: np.where(np.asarray(x) == 0.0, -np.inf, np.divide(1.0, x))) == [None]


def test_nan_names_nothing_that_right_answers_elsewhere_refute(course: Make) -> None:
    """Many faults end in nan; a number is evidence by itself."""
    nan = lambda x: square(x) * np.nan  # noqa: E731 - a student's function
    exercise = course(square, PLUS, MINUS, on(PLUS), on(MINUS, "second"), spoilt=nan, doubled=double)
    assert exercise.names(nan) == ["spoilt", "spoilt"]
    assert exercise.names(lambda x: nan(x) if x < 0 else square(x)) == [None, None]
    assert exercise.names(lambda x: double(x) if x < 0 else square(x)) == [None, "doubled"]


def test_a_wrong_answer_of_another_kind_tells_by_itself(course: Make) -> None:
    """An array where a tuple of arrays is expected cannot be compared entry by entry."""
    pair = lambda x: (np.ones(2), x)  # noqa: E731 - what is right
    bare = lambda x: np.ones(2) * x  # noqa: E731 - a wrong answer
    exercise = course(pair, PLUS, MINUS, on(PLUS), on(MINUS, "second"), bare=bare)
    assert exercise.names(lambda x: bare(x) if x < 0 else pair(x)) == [None, "bare"]


def test_an_exception_names_nothing_where_another_name_is_known(course: Make) -> None:
    """What was recognised by its numbers is not that one, and may end in the same exception."""
    broke = lambda x: raises(TypeError)(abs(x))  # noqa: E731 - a wrong answer
    exercise = course(square, PLUS, MINUS, on(PLUS), on(MINUS, "second"), broke=broke, doubled=double)
    assert exercise.names(broke) == ["broke", "broke"]
    assert exercise.names(lambda x: broke(x) if x < 0 else double(x)) == ["doubled", None]
    assert exercise.names(lambda x: broke(x) if x < 0 else 7.0) == [None, "broke"]


def test_a_public_name_does_not_depend_on_hidden_inputs(course: Make) -> None:
    """What is right on a hidden group refutes nothing for a check that students run."""
    nan = lambda x: square(x) * np.nan  # noqa: E731 - a student's function
    made = course(square, PLUS, MINUS, on(PLUS), spoilt=nan)
    made.exercise = replace(made.exercise, public_groups=frozenset({"plus"}))
    assert made.names(lambda x: nan(x) if x >= 0 else square(x)) == ["spoilt"]


def raises(kind: type[Exception], text: str = "") -> Callable[[Any], Any]:
    """Return a function that raises."""

    def function(x: Any) -> Any:  # noqa: ANN401 - a number
        if x > 0.5:
            raise kind(text)
        return square(x)

    return function


def test_exceptions_are_compared_by_type(course: Make) -> None:
    """Their texts may differ."""
    exercise = course(square, PLUS, on(PLUS), broke=raises(KeyError, "a"))
    assert exercise.names(raises(KeyError, "b")) == ["broke"]
    assert exercise.names(raises(TypeError, "a")) == [None]
    assert exercise.outcomes(raises(KeyError)) == ["crashed"]


def test_a_crash_is_named_by_what_the_other_probes_say(course: Make) -> None:
    """All probes of the group count, also those that were answered."""
    exercise = course(square, PLUS, on(PLUS), broke=raises(KeyError))
    assert exercise.names(lambda x: raises(KeyError)(x) + 1.0) == [None]


@pytest.mark.parametrize("status", [Status.TIMEOUT, Status.MEMORY, Status.CRASHED])
def test_a_mistake_that_is_stopped_is_named_as_well(course: Make, status: Status) -> None:
    """An endless loop on the same inputs is the same behaviour."""
    made = course(square, PLUS, on(PLUS), hangs=double)
    made.exercise.bank.mistakes[0].replies.clear()
    made.exercise.bank.mistakes[0].replies["plus[2]"] = Reply(status)
    report = made.recorded(square, plus2=Reply(status, note="signal"))
    assert (str(report.results[0].outcome), report.results[0].diagnosis) == (str(status), "hangs")


@pytest.mark.parametrize("status", [Status.MISSING, Status.TAMPERED])
def test_what_is_missing_or_forged_is_never_named(course: Make, status: Status) -> None:
    """Nobody is told a misconception because of a missing file."""
    made = course(square, PLUS, on(PLUS), gone=double)
    made.exercise.bank.mistakes[0].replies.clear()
    made.exercise.bank.mistakes[0].replies.update({f"plus[{index}]": Reply(status) for index in range(3)})
    report = made.recorded(square, **{f"plus{index}": Reply(status) for index in range(3)})
    assert (str(report.results[0].outcome), report.results[0].diagnosis) == (str(status), None)


def in_place(x: Any) -> Any:  # noqa: ANN401 - an array
    """Change the argument on the way."""
    x **= 2
    return x * 1.0


@pytest.mark.parametrize(("observes", "expected"), [("arguments", None), ("", "wrong")])
def test_changed_arguments_count_only_where_they_are_observed(
    course: Make, observes: str, expected: str | None
) -> None:
    """In other groups only the values are compared."""
    group = probes("g", [call("f", array([3.0]))], observes_arguments=bool(observes))
    exercise = course(lambda x: x**2 * 1.0, group, on(group), wrong=lambda x: in_place(x) + 1.0)
    assert exercise.names(lambda x: x**2 + 1.0) == [expected]
    assert exercise.names(lambda x: in_place(x) + 1.0) == ["wrong"]


def test_a_changed_argument_alone_is_behaviour(course: Make) -> None:
    """The values are right, and the name is found by what happened to the argument."""
    group = probes("g", [call("f", array([3.0]))], observes_arguments=True)

    @check(points=1, on=group)
    def keeps(subject: Asked) -> None:
        """Arguments are kept."""
        expect(subject).leaves_arguments(on=group)

    exercise = course(lambda x: x**2 * 1.0, group, keeps, in_place=in_place)
    assert exercise.names(in_place) == ["in_place"]


@pytest.mark.parametrize("value", [None, "a", [1.0], {"a": 1}, object(), True])
def test_any_returned_value_is_behaviour(course: Make, value: object) -> None:
    """None, a list or an unknown object can be a known mistake."""
    exercise = course(square, PLUS, on(PLUS), odd=lambda _: value)
    assert exercise.names(lambda _: value) == ["odd"]
    assert exercise.names(lambda _: np.zeros(2)) == [None]


def test_a_mistake_of_another_shape_does_not_break_the_tolerance(course: Make) -> None:
    """A tolerance is written for the reference's shape, and is asked about other shapes, too."""
    group = probes(
        "g",
        [call("f", [[1.0, 2.0], [3.0, 4.0]])],
        tolerance=lambda _call, want: 1e-9 * np.abs(want[:, 0])[:, None] * np.ones((2, 2)),
    )
    exercise = course(
        lambda x: np.asarray(x) * 1.0,
        group,
        on(group),
        flat=np.ravel,
        summed=lambda x: float(np.sum(x)),
        one_row=lambda x: x[0],
    )
    assert exercise.names(np.ravel) == ["flat"]
    assert exercise.names(np.sum) == ["summed"]


def test_a_report_is_the_same_each_time(course: Make) -> None:
    """Nothing that is kept for one run changes the next."""
    exercise = course(square, PLUS, MINUS, on(PLUS, "first"), on(MINUS, "second"), cubed=cube, doubled=double)
    first, second = exercise.judge(double), exercise.judge(double)
    assert [(r.outcome, r.diagnosis) for r in first.results] == [(r.outcome, r.diagnosis) for r in second.results]
    assert exercise.names(cube) == ["cubed", "cubed"]
