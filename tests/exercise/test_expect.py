"""The words of a check: each holds or is unmet, with the evidence that a finding needs."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

from grader import AuthorError, call, expect, found, probes
from grader.exercise.asked import Asked, Unanswered
from grader.exercise.probe import Probe
from grader.exercise.reply import Opaque
from grader.exercise.unmet import Unmet

Make = Callable[..., Asked]
DOUBLED = probes("doubled", [call("f", 1.0), call("f", [1.0, 2.0]), call("f", [3.0, 4.0])], observes_arguments=True)


def double(x: object) -> object:
    """Return what is right."""
    return 2.0 * np.asarray(x)


def unmet(word: Callable[[], None]) -> Unmet:
    """Return how an expectation failed."""
    with pytest.raises(Unmet) as caught:
        word()
    return caught.value


HOLDS = {
    "finite": lambda: expect(np.array([0.0, 1.0])).finite(),
    "finite of a number": lambda: expect(1).finite(),
    "shape": lambda: expect(np.zeros((2, 3))).shape((2, 3)),
    "shape of a number": lambda: expect(0.5).shape(()),
    "dtype": lambda: expect(np.zeros(2)).dtype("float64"),
    "distribution": lambda: expect(np.array([[0.25, 0.75], [1.0, 0.0]])).distribution(),
    "distribution along another axis": lambda: expect(np.array([[0.25, 1.0], [0.75, 0.0]])).distribution(axis=0),
    "equal": lambda: expect(np.array([1.0, math.nan])).equal(np.array([1.0, math.nan])),
    "equal of truth values": lambda: expect(np.bool_(True)).equal(True),  # noqa: FBT003 - the value is compared
    "close": lambda: expect(np.array([1.0])).close(np.array([1.5]), within=0.5),
    "at_least": lambda: expect(np.array([1.0, 2.0])).at_least(1.0),
    "at_most": lambda: expect(np.array([1.0, 2.0])).at_most(2.0),
    "between": lambda: expect(1.5).between(1.0, 2.0),
    "one_of": lambda: expect("same").one_of(["same", "different"]),
    "that": lambda: expect(None).that(condition=True),
    "follows": lambda: expect(np.array([0, 1, 1, 0] * 20)).follows([0.5, 0.5, 0.0]),
    "follows, as floats": lambda: expect(np.array([[0.0], [1.0]])).follows([0.5, 0.5]),
    "independent": lambda: expect(np.random.default_rng(1).integers(0, 3, 1000)).independent(3),
    "worth": lambda: expect(None).worth(1.0),
}
FAILS = {
    "finite": (lambda: expect(np.array([0.0, math.inf])).finite(otherwise="x", saying={"n": 1.0}), "property"),
    "finite, huge": (lambda: expect(10**400).finite(otherwise="x", saying={"n": 1.0}), "property"),
    "shape": (lambda: expect(np.zeros(3)).shape((2,), otherwise="x", saying={"n": 1.0}), "shape"),
    "dtype": (lambda: expect(np.zeros(3, "f4")).dtype("float64", otherwise="x", saying={"n": 1.0}), "dtype"),
    "negative": (lambda: expect(np.array([-0.5, 1.5])).distribution(otherwise="x", saying={"n": 1.0}), "property"),
    "sum": (lambda: expect(np.array([0.5, 0.6])).distribution(otherwise="x", saying={"n": 1.0}), "property"),
    "nan sum": (lambda: expect(np.array([0.5, math.nan])).distribution(otherwise="x", saying={"n": 1.0}), "property"),
    "no axis": (lambda: expect(np.asarray(1.0)).distribution(otherwise="x", saying={"n": 1.0}), "shape"),
    "follows": (
        lambda: expect(np.array([0, 1, 1, 1] * 40)).follows([0.5, 0.5], otherwise="x", saying={"n": 1.0}),
        "law",
    ),
    "impossible": (lambda: expect(np.array([0, 1])).follows([1.0, 0.0], otherwise="x", saying={"n": 1.0}), "law"),
    "independent": (
        lambda: expect(np.array([0, 1] * 50)).independent(2, otherwise="x", saying={"n": 1.0}),
        "neighbours",
    ),
    "too large": (lambda: expect(np.array([0, 2])).follows([0.5, 0.5], otherwise="x", saying={"n": 1.0}), "range"),
    "no whole number": (lambda: expect(np.array([0.5])).independent(2, otherwise="x", saying={"n": 1.0}), "range"),
    "nan": (lambda: expect(np.array([math.nan])).independent(2, otherwise="x", saying={"n": 1.0}), "range"),
    "equal": (lambda: expect(1.0).equal(1.0 + 2**-52, otherwise="x", saying={"n": 1.0}), "values"),
    "close": (lambda: expect(1.0).close(1.1, within=0.01, otherwise="x", saying={"n": 1.0}), "values"),
    "at_least": (lambda: expect(0.9).at_least(1.0, otherwise="x", saying={"n": 1.0}), "property"),
    "at_least, nan": (lambda: expect(math.nan).at_least(1.0, otherwise="x", saying={"n": 1.0}), "property"),
    "at_most": (lambda: expect(1.1).at_most(1.0, otherwise="x", saying={"n": 1.0}), "property"),
    "below": (lambda: expect(0.9).between(1.0, 2.0, otherwise="x", saying={"n": 1.0}), "property"),
    "above": (lambda: expect(2.1).between(1.0, 2.0, otherwise="x", saying={"n": 1.0}), "property"),
    "one_of": (lambda: expect("Same").one_of(["same"], otherwise="x", saying={"n": 1.0}), "choice"),
    "one_of, no word": (lambda: expect(1.0).one_of(["same"], otherwise="x", saying={"n": 1.0}), "choice"),
    "that": (lambda: expect(0).that(condition=False, otherwise="x", saying={"n": 1.0}), "property"),
    "worth": (lambda: expect(0).worth(0.25, otherwise="x", saying={"n": 1.0}), "credit"),
}


@pytest.mark.parametrize("word", HOLDS.values(), ids=HOLDS)
def test_an_expectation_that_holds_says_nothing(word: Callable[[], None]) -> None:
    """Every word lets a right value pass."""
    word()


@pytest.mark.parametrize(("word", "kind"), FAILS.values(), ids=FAILS)
def test_an_expectation_that_fails_carries_its_words(word: Callable[[], None], kind: str) -> None:
    """The kind of evidence, the name to fall back to, and the numbers to say."""
    failed = unmet(word)
    assert failed.kind == kind
    assert failed.otherwise == "x"
    assert kind == "shape" or failed.measures["n"] == 1.0


@pytest.mark.parametrize("value", [None, "0.5", [0.5], (0.5,), {"a": 1}, Opaque("Tensor"), np.array([1j]), 1j])
@pytest.mark.parametrize("word", ["finite", "distribution", "at_least", "at_most", "shape", "dtype", "between"])
def test_what_is_no_number_is_told_by_its_type(value: object, word: str) -> None:
    """A returned list, None or object fails the check as a wrong type, and breaks nothing."""
    arguments = {"at_least": (0.0,), "at_most": (1.0,), "shape": ((),), "dtype": ("float64",), "between": (0.0, 1.0)}
    assert unmet(lambda: getattr(expect(value), word)(*arguments.get(word, ()))).kind == "type"


def test_a_distribution_says_the_worst_sum() -> None:
    """The sum that is farthest from 1 is there to be shown."""
    rows = np.array([[0.5, 0.5], [0.5, 0.75], [0.5, 0.4]])
    assert unmet(lambda: expect(rows).distribution()).measures == {"sum": 1.25}


def test_a_distribution_says_of_a_negative_entry_what_it_is() -> None:
    """Where every sum is 1, no sum is said."""
    assert unmet(lambda: expect(np.array([-0.5, 1.5])).distribution()).measures == {"lowest": -0.5}


@pytest.mark.parametrize("share", [-0.1, 1.1, math.nan])
def test_a_share_beyond_0_and_1_is_the_author_s_error(share: float) -> None:
    """Nobody earns 110 per cent by a slip in a check."""
    with pytest.raises(AuthorError, match="the share must lie between 0 and 1"):
        expect(None).worth(share)


def test_a_share_is_the_credit() -> None:
    """The judge multiplies the points with it."""
    assert unmet(lambda: expect(None).worth(0.25)).credit == 0.25


def test_found_names_the_diagnosis_at_once() -> None:
    """The check itself is the proof."""
    with pytest.raises(Unmet) as caught:
        found("swapped", gap=0.5)
    assert (caught.value.named, caught.value.measures) == ("swapped", {"gap": 0.5})


def test_agreement_holds_on_every_probe(asked: Make) -> None:
    """The same function agrees with itself."""
    expect(asked(f=double)).agrees(asked(f=double), on=DOUBLED)


def test_the_first_difference_is_the_evidence(asked: Make) -> None:
    """Simplest first: the second probe here, because the first is answered rightly."""
    wrong = asked(f=lambda x: double(x) if np.ndim(x) == 0 else 2.0 * np.sum(x) + 0.0 * double(x))
    failed = unmet(
        lambda: expect(wrong).agrees(
            asked(f=double),
            on=DOUBLED,
            otherwise="summed",
            saying=lambda probe, want, got: {"first": want[0], "seen": got[0], "at": probe.index},  # type: ignore[index]
        )
    )
    assert failed.asked is DOUBLED.probes[1]
    assert failed.kind == "values"
    assert failed.otherwise == "summed"
    assert failed.measures == {"first": 2.0, "seen": 6.0, "at": 1}
    assert failed.mismatch is not None
    assert failed.mismatch.right is not None
    assert failed.mismatch.right.tolist() == [False, False]


STAGES = probes("stages", [call("f", 1.0), call("f", 2.0)])


def stages(tau: float) -> object:
    """Return a number and a word at each of four keys."""
    return {name: (tau + place, "same") for place, name in enumerate("abcd")}


def test_each_key_earns_its_share(asked: Make) -> None:
    """The first wrong key is the evidence, and keys that nobody asked for do no harm."""

    def wrong(tau: float) -> object:
        return stages(tau) | {"b": (tau + 1.0 + (tau > 1.0), "same"), "c": (tau, "different"), "e": ()}  # type: ignore[operator]

    failed = unmet(
        lambda: expect(asked(f=wrong)).agrees_by_key(
            asked(f=stages),
            on=STAGES,
            part=0,
            saying=lambda probe, want, got, key: {"at": probe.index, "by": want[key][0] - got[key][0]},  # type: ignore[index]
            otherwise="x",
        )
    )
    assert (failed.kind, failed.credit, failed.otherwise, failed.asked) == ("values", 0.5, "x", STAGES.probes[0])
    assert failed.mismatch is not None
    assert (failed.mismatch.key, failed.measures) == ("['c'][0]", {"at": 0, "by": 2.0})
    failed = unmet(lambda: expect(asked(f=wrong)).agrees_by_key(asked(f=stages), on=STAGES, part=1))
    assert (failed.kind, failed.credit) == ("word", 0.75)
    failed = unmet(lambda: expect(asked(f=wrong)).agrees_by_key(asked(f=stages), on=STAGES, part=1, made_of=0))
    assert (failed.kind, failed.credit) == ("word", 0.5)
    turned = asked(f=lambda tau: dict(reversed(stages(tau).items())))  # type: ignore[attr-defined]
    expect(turned).agrees_by_key(asked(f=stages), on=STAGES, part=0)
    expect(asked(f=stages)).agrees_by_key(asked(f=stages), on=STAGES, part=1)


@pytest.mark.parametrize(
    ("value", "kind", "credit"),
    [
        (None, "type", 0.0),
        ({}, "keys", 0.0),
        ({"a": (1.0, "same")}, "keys", 0.25),
        (dict.fromkeys("abcd", ()), "shape", 0.0),
        ({"a": [1.0, "same"], **dict.fromkeys("bcd", "xy")}, "type", 0.25),
        ({"a": np.ones(2), "b": np.ones(()), "c": None, "d": (2.0,)}, "type", 0.0),
    ],
)
def test_what_has_no_such_part_is_told_as_it_is(asked: Make, value: object, kind: str, credit: float) -> None:
    """No dict, a missing key, a tuple of another length: nothing is measured of it, and nothing breaks."""
    one = probes("one", [call("f", 1.0)])
    failed = unmet(
        lambda: expect(asked(f=lambda _: value)).agrees_by_key(
            asked(f=lambda _: dict.fromkeys("abcd", (1.0, "same"))),
            on=one,
            part=0,
            saying=lambda _probe, _want, got, key: {"got": got[key][0]},  # type: ignore[index]
        )
    )
    assert (failed.kind, failed.credit, failed.measures) == (kind, credit, {})


def test_nothing_is_measured_of_values_that_cannot_be_compared(asked: Make) -> None:
    """A `saying` is never given a string where it computes with numbers."""
    failed = unmet(
        lambda: expect(asked(f=lambda _: "two")).agrees(
            asked(f=double),
            on=DOUBLED,
            saying=lambda _probe, want, got: {"gap": float(want - got)},  # type: ignore[operator]
        )
    )
    assert (failed.kind, failed.measures) == ("type", {})


def test_the_tolerance_of_the_group_is_asked_with_the_call_and_the_expected_values(asked: Make) -> None:
    """What is allowed may depend on the inputs."""
    loose = probes("loose", [call("f", 10.0)], tolerance=lambda made, want: 0.1 * np.abs(want) * made.args[0])  # type: ignore[operator]
    expect(asked(f=lambda _: 39.0)).agrees(asked(f=double), on=loose)
    failed = unmet(lambda: expect(asked(f=lambda _: 41.0)).agrees(asked(f=double), on=loose))
    assert failed.allowed == 20.0


def refuses(*kinds: type[Exception] | None) -> Callable[[object], object]:
    """Return a function that raises these in turn; None stands for an answer."""
    waiting = list(kinds)

    def f(_: object) -> object:
        kind = waiting.pop(0)
        if kind is None:
            return 0.0
        raise kind("no")

    return f


def test_a_refusal_of_the_right_kind_is_enough(asked: Make) -> None:
    """A subclass of the wanted exception is the wanted exception."""
    expect(asked(f=refuses(ValueError, UnicodeError, ValueError))).refuses(ValueError, on=DOUBLED)


@pytest.mark.parametrize(
    ("kinds", "evidence", "refused"),
    [
        ((ValueError, None, ValueError), ("not_refused", "", "f([1.0, 2.0])"), 2),
        ((TypeError, ValueError, ValueError), ("wrong_refusal", "TypeError", "f(1.0)"), 2),
        ((None, TypeError, ValueError), ("not_refused", "", "f(1.0)"), 1),
        ((None, None, None), ("not_refused", "", "f(1.0)"), 0),
    ],
)
def test_each_refusal_earns_its_share(
    asked: Make, kinds: tuple[type[Exception] | None, ...], evidence: tuple[str, str, str], refused: int
) -> None:
    """The first input that is not refused is the evidence, and says how many were."""
    failed = unmet(lambda: expect(asked(f=refuses(*kinds))).refuses(ValueError, on=DOUBLED, otherwise="x"))
    assert isinstance(failed.asked, Probe)
    assert (failed.kind, failed.got, failed.asked.call.text) == evidence
    assert (failed.expected, failed.otherwise) == ("ValueError", "x")
    assert failed.credit == pytest.approx(refused / 3)
    assert failed.measures == {"refused": refused, "of": 3}


def test_code_that_refuses_everything_has_told_nothing_apart(asked: Make) -> None:
    """A probe that has an answer must be answered before refusals count."""
    (answer,) = probes("answered", [call("f", 1.0)])
    with pytest.raises(Unanswered):
        expect(asked(f=refuses(*[ValueError] * 4))).refuses(ValueError, on=DOUBLED, but=answer)
    expect(asked(f=refuses(None, *[ValueError] * 3))).refuses(ValueError, on=DOUBLED, but=answer)


def test_code_that_answers_nothing_has_left_nothing_alone(asked: Make) -> None:
    """At least one call must have an answer before kept arguments count."""
    with pytest.raises(Unanswered):
        expect(asked(f=refuses(*[ValueError] * 3))).leaves_arguments(on=DOUBLED)
    expect(asked(f=refuses(ValueError, ValueError, None))).leaves_arguments(on=DOUBLED)


def test_a_changed_argument_is_named(asked: Make) -> None:
    """The first probe whose argument is not what it was."""

    def clears(x: object) -> object:
        if isinstance(x, list):
            x.clear()
        return 0.0

    failed = unmet(lambda: expect(asked(f=clears)).leaves_arguments(on=DOUBLED, otherwise="x"))
    assert (failed.kind, failed.got, failed.otherwise) == ("arguments", "0", "x")
    assert failed.asked is DOUBLED.probes[1]
    expect(asked(f=double)).leaves_arguments(on=DOUBLED)


@pytest.mark.parametrize("odd", [None, math.nan, math.inf, [1.0, 2.0], (1.0,), (1.0, None), (1.0, "2"), (True, 1.0)])
def test_the_first_answer_unlike_an_example_is_shown_with_its_call(asked: Make, odd: object) -> None:
    """Though None, nan and infinity may be the very same objects in every answer; numbers in it may be any."""
    answers = iter([(1, math.nan), odd, odd])
    failed = unmet(lambda: expect(asked(f=lambda _: next(answers))).answers_like((0.0, 0.0), on=DOUBLED, otherwise="x"))
    assert (failed.kind, failed.expected, failed.otherwise) == ("type", "(float, float)", "x")
    assert failed.asked is DOUBLED.probes[1]


def test_numbers_of_an_answer_like_an_example_may_be_any(asked: Make) -> None:
    """Of either number type of Python and any of numpy, also nan and infinity."""
    answers = iter([(1, math.nan), (np.float32(1.0), np.int64(2)), (np.array(math.inf), -0.0)])
    expect(asked(f=lambda _: next(answers))).answers_like((0.0, 0.0), on=DOUBLED)


def unwritten(_: object) -> object:
    """Raise as an untouched stub does."""
    raise NotImplementedError


@pytest.mark.parametrize(
    "word",
    [
        lambda subject, right: expect(subject).agrees(right, on=DOUBLED),
        lambda subject, _: expect(subject).refuses(NotImplementedError, on=DOUBLED),
        lambda subject, _: expect(subject).leaves_arguments(on=DOUBLED),
        lambda subject, _: subject.f(1.0),
        lambda subject, _: subject(DOUBLED.probes[0]),
    ],
    ids=["agrees", "refuses", "leaves_arguments", "computed", "declared"],
)
def test_an_unwritten_function_answers_nothing(asked: Make, word: Callable[[Asked, Asked], None]) -> None:
    """NotImplementedError is no refusal and no value, for any word."""
    subject = asked(f=unwritten)
    with pytest.raises(Unanswered, match=r"f\(1\.0\) gave no value: NotImplementedError") as caught:
        word(subject, asked(f=double))
    assert caught.value.of is subject


def test_a_name_that_is_not_among_the_calls_is_the_author_s_error(asked: Make) -> None:
    """A slip in a check must not look like a student's missing function."""
    with pytest.raises(AuthorError, match=r"asks for g, which is not among the exercise's calls: \('f',\)"):
        asked(f=double).g(1.0)


def test_the_call_that_gave_a_value_is_remembered(asked: Make) -> None:
    """Evidence for a value is the call that it came from, else the newest call."""
    subject = asked(f=np.asarray)
    assert subject.source_of(1.0) is None
    one, _two = subject.f([1.0]), subject.f([2.0])
    known = subject.source_of(one)
    newest = subject.source_of("something else")
    assert known is not None
    assert newest is not None
    assert (known[0].text, newest[0].text) == ("f([1.0])", "f([2.0])")  # type: ignore[union-attr]
