"""Shortcuts: what is looked at all at once says what looking one by one would say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader import AuthorError, call, check, expect, probes
from grader.exercise.asked import Asked
from grader.exercise.compare import compare
from grader.exercise.expected import expected
from grader.exercise.foresee import foresee
from grader.exercise.probe import Group
from grader.exercise.reference import Recorded
from grader.exercise.reply import Reply, Status
from grader.judge.diagnose import same

Make = Callable[..., Any]
ENTRIES = st.sampled_from([0.0, 1.0, 1.0 + 1e-13, 1.0 + 1e-9, 2.0, -1.0, np.nan, np.inf, -np.inf, 1e300, 1e-300])
ARRAYS = st.lists(ENTRIES, min_size=1, max_size=2).map(np.array)
ANSWERS = (
    ARRAYS
    | ENTRIES
    | st.sampled_from([None, "a", True, 1, [1.0], (1.0,), {"a": 1.0}])
    | st.just(np.ones(2, np.float32))
)
GROUP = probes("g", [call("f", 0), call("f", 1)])
LOOSE = probes("g", [call("f", 0), call("f", 1)], tolerance=lambda _, want: 1e-8 * np.maximum(1.0, np.abs(want)))
PAIRS = st.tuples(ANSWERS, ANSWERS)
WRONG = st.lists(PAIRS, min_size=3, max_size=3)


def answering(answers: tuple[object, object]) -> Callable[[int], object]:
    """Return a function that gives these answers."""
    return lambda index: answers[index]


@pytest.mark.parametrize("group", [GROUP, LOOSE], ids=["close", "loose"])
@given(right=PAIRS, wrong=WRONG, other=PAIRS, which=st.integers(0, 3))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100, deadline=None)
def test_the_rough_look_never_loses_a_name(course: Make, *, group: Group, which: int, **given: Any) -> None:  # noqa: ANN401 - pairs of answers
    """A student is named as by comparing with every wrong answer on every probe."""
    right, wrong, student = given["right"], given["wrong"], [*given["wrong"], given["other"]][which]

    @check(points=1, on=group)
    def fails(subject: Asked) -> None:
        """Whatever is answered fails."""
        subject.f(0)
        expect(0.0).equal(1.0)

    names = ["first", "second", "third"]
    made = course(answering(right), group, fails, **dict(zip(names, map(answering, wrong), strict=True)))
    matching = set()
    for mistake in made.exercise.bank.mistakes:
        full = [mistake.replies.get(probe.name) or made.exercise.reference.answer(probe) for probe in group]
        said = [Reply(Status.VALUE, _plain(value)) for value in student]
        if mistake.replies and all(
            same(group, p, known, seen) for p, known, seen in zip(group, full, said, strict=True)
        ):
            matching.add(mistake.diagnosis)
    assert made.names(answering(student)) == [matching.pop() if len(matching) == 1 else None]


def _plain(value: object) -> object:
    return np.asarray(value) if isinstance(value, np.generic) else value


@given(st.lists(st.tuples(ARRAYS, ARRAYS, st.sampled_from([0.0, 1e-12, 1e-8, 2.0])), min_size=1, max_size=3))
def test_a_group_agrees_at_once_when_every_answer_agrees(triples: list[tuple[Any, Any, float]]) -> None:
    """Shapes, nan, inf and tolerances included."""
    values, got, allowed = zip(*triples, strict=True)
    known = expected(values, allowed)
    assert known is not None
    one_by_one = all(compare(want, have, error) is None for want, have, error in triples)
    assert known.agrees(got) is one_by_one


@pytest.mark.parametrize("value", [1, [1.0], None, "1.0", np.array([1]), np.array([1.0], np.float32)])
def test_only_numbers_and_arrays_of_float64_are_looked_at_at_once(value: object) -> None:
    """Anything else is compared one by one."""
    assert expected([np.ones(1), value], [0.0, 0.0]) is None
    known = expected([np.ones(1)], [0.0])
    assert known is not None
    assert known.agrees([value]) is False
    assert known.agrees([1.0]) is False


def test_what_is_observed_may_be_less_than_the_value(course: Make) -> None:
    """Where right values are many, a wrong answer is known by what the author looks at."""
    group = probes("g", [call("f", 1), call("f", 2)], observe=lambda _call, value: float(sum(value)))

    @check(points=1, on=group)
    def sums(subject: Asked) -> None:
        """The sum is that of the arguments."""
        for probe in group:
            expect(sum(subject(probe))).equal(probe.call.args[0])

    made = course(lambda n: [0.0, n], group, sums, doubled=lambda n: [n, n], missing=lambda _: None)
    assert made.names(lambda n: [2.0 * n, 0.0]) == ["doubled"]
    assert made.names(lambda n: [3.0 * n, 0.0]) == [None]
    assert made.outcomes(lambda n: [n / 2, n / 2]) == ["passed"]


def test_values_that_cannot_be_observed_are_compared_as_they_are(course: Make) -> None:
    """Two wrong answers are not the same because neither can be looked at."""
    group = probes("g", [call("f", 1)], observe=lambda _call, value: float(sum(value)))

    @check(points=1, on=group)
    def sums(subject: Asked) -> None:
        """The sum is that of the arguments."""
        expect(subject(group.probes[0])).equal([0.0, 1.0])

    made = course(lambda n: [0.0, n], group, sums, nothing=lambda _: None)
    assert made.names(lambda _: None) == ["nothing"]
    assert made.names(lambda _: "a text") == [None]


def test_computed_calls_are_foreseen_with_the_inputs_that_they_had(course: Make) -> None:
    """Each once, as they were before the check went on to change them."""

    @check(points=1)
    def computes(subject: Asked) -> None:
        """Computed inputs."""
        given = np.array([1.0, 2.0])
        expect(subject.f(given)).equal(given * 2.0)
        given[0] = 5.0
        expect(subject.f(given, scale=0.0)).finite()
        expect(subject.f(given, scale=-0.0)).finite()

    made = course(lambda x, scale=2.0: np.asarray(x) * scale, GROUP, computes)
    known = foresee(made.exercise)
    assert [probe.call.text for probe in known.probes] == [
        "f(np.array([1.0, 2.0]))",
        "f(np.array([5.0, 2.0]), scale=0.0)",
        "f(np.array([5.0, 2.0]), scale=-0.0)",
    ]
    assert made.judge(made.exercise.reference.module.f).points == 1.0


def test_a_foreseen_call_is_answered_without_asking_again(course: Make) -> None:
    """The same function with the same inputs; any other call is made."""

    @check(points=1)
    def computes(subject: Asked) -> None:
        """Computed inputs of every kind."""
        subject.f([1.0, (None, True, "a")], np.float64(2.0))

    @check(points=1)
    def looks(subject: Asked) -> None:
        """Not every input can be told from another."""
        subject.f({"a": 1.0}, 2.0)

    made = course(lambda x, y: (x, y), GROUP, computes, looks)
    known = foresee(made.exercise)
    (probe,) = known.probes
    reply = Reply(Status.VALUE, "foreseen")
    recorded = Recorded({probe.name: reply})
    subject = known.of(recorded)
    assert subject.facts is recorded.facts
    assert subject.answer(probe) is reply
    assert subject.call(call("f", [1.0, (None, True, "a")], np.float64(2.0))) is reply
    for other in (call("f", [1.0, (None, 1, "a")], np.float64(2.0)), call("f", {"a": 1.0}, 2.0)):
        with pytest.raises(AuthorError, match="is no declared probe"):
            subject.call(other)


def test_a_call_that_is_made_twice_is_asked_twice(course: Make) -> None:
    """Code that remembers its last call is not hidden by one answer for both."""

    @check(points=1)
    def repeats(subject: Asked) -> None:
        """The same call gives the same value."""
        expect(subject.f(7)).equal(subject.f(7))

    made = course(lambda x: x, GROUP, repeats)
    known = foresee(made.exercise)
    first, second = known.probes
    recorded = Recorded({first.name: Reply(Status.VALUE, 1), second.name: Reply(Status.VALUE, 2)})
    subject = known.of(recorded)
    assert [subject.call(call("f", 7)).value for _time in range(2)] == [1, 2]


def test_a_check_that_breaks_foresees_nothing_and_stops_nothing(course: Make) -> None:
    """It says so when it is judged."""

    @check(points=1)
    def breaks(subject: Asked) -> None:
        """The author slips."""
        subject.g(1.0)

    @check(points=1)
    def computes(subject: Asked) -> None:
        """Computed inputs."""
        subject.f(7)

    made = course(lambda x: x, GROUP, breaks, computes)
    assert [probe.call.text for probe in foresee(made.exercise).probes] == ["f(7)"]
