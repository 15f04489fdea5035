"""``check`` in a student's notebook: a number and a card, whatever the student's code does."""

from __future__ import annotations

import ast
import ctypes
import io
import os
import signal
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from matplotlib import pyplot as plt

from grader.child import facts
from grader.exercise.course import load_public_course
from grader.judge import Outcome, judge
from grader.notebook import check
from grader.notebook.kernel import kernel_of
from grader.notebook.score import ChecksFail, Score, WrongCall

PROJECT = Path(__file__).resolve().parents[2]

Mean = Callable[[object], object]


@pytest.fixture
def judged(small_project: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Score]:
    """Return ``check`` for the exercise ``mean`` of the small course."""
    for name in ("GRADER_LANG", "LC_ALL", "LC_MESSAGES", "LANG", "NBGRADER_EXECUTION"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(small_project)
    return lambda function, **options: check("mean", function, **options)


def mean(x: object) -> object:
    """Return the right answer."""
    return float(np.mean(x))


def summed(x: object) -> object:
    """Return a known wrong answer."""
    return float(np.sum(x))


def unwritten(_: object) -> object:
    """Return nothing yet."""
    raise NotImplementedError


def test_a_right_answer_is_worth_the_whole_cell(judged: Callable[..., Score]) -> None:
    """All public checks passed is every point of the exercise; grading decides about those of hidden ones."""
    score = judged(mean)
    assert (float(score), repr(score), score == 2.0) == (2.0, "2.0", True)
    assert "2 of 2 points" in score._repr_html_()
    assert score.text.startswith("The mean")


def test_a_wrong_answer_is_named(judged: Callable[..., Score]) -> None:
    """In the card and in the plain text, with the smallest case."""
    score = judged(summed)
    assert float(score) == 0.0
    for told in (score.text, score._repr_html_()):
        assert "sum_instead" in told
        assert "mean([0.0, 1.0])" in told


def test_the_text_of_a_score_is_a_float_to_the_last_digit() -> None:
    """Format "g" would cut it, and numpy's would be no number for nbgrader."""
    report = judge(load_public_course(PROJECT / "exercises").exercise("softmax"), kernel_of("softmax", {}, seconds=2.0))
    assert repr(Score(12.345678901234567, report=report, text="", card=str)) == "12.345678901234567"


def test_what_is_not_written_is_todo(judged: Callable[..., Score]) -> None:
    """No failure, and no points."""
    score = judged(unwritten)
    assert {result.outcome for result in score.report.results} == {Outcome.TODO}
    assert float(score) == 0.0


def noisy(x: object) -> object:
    """Return the right answer, loudly, on every way to stdout and stderr there is."""
    sys.stdout.write("out\n")
    sys.stderr.write("err\n")
    warnings.warn("careful", RuntimeWarning, stacklevel=1)
    os.write(2, b"written\n")
    ctypes.CDLL(None).perror(b"from C")
    np.log(np.zeros(1))
    plt.figure()
    return float(np.mean(x))


def test_noise_costs_nothing_and_goes_nowhere(judged: Callable[..., Score], capfd: pytest.CaptureFixture[str]) -> None:
    """A letter on stderr would be 0 points in nbgrader."""
    figures = plt.get_fignums()
    assert float(judged(noisy)) == 2.0
    assert capfd.readouterr() == ("", "")
    assert plt.get_fignums() == figures


def test_everything_is_put_back(judged: Callable[..., Score]) -> None:
    """Streams, warnings, numpy's error state, the generators and ``input`` are the notebook's own again."""

    def meddling(x: object) -> object:
        sys.stdout = sys.stderr = io.StringIO()
        warnings.simplefilter("ignore")
        np.seterr(all="raise")
        np.random.seed(1)  # noqa: NPY002 - as students do
        return float(np.mean(x))

    before = sys.stdout, sys.stderr, list(warnings.filters), np.geterr(), np.random.get_state()[1].tolist(), input  # noqa: NPY002 - the same
    assert float(judged(meddling)) == 2.0
    after = sys.stdout, sys.stderr, list(warnings.filters), np.geterr(), np.random.get_state()[1].tolist(), input  # noqa: NPY002 - the same
    assert before == after


@pytest.mark.parametrize("error", [SystemExit(1), RecursionError(), ValueError("no"), GeneratorExit(), BaseException()])
def test_whatever_is_raised_is_a_finding(judged: Callable[..., Score], error: BaseException) -> None:
    """The notebook goes on."""

    def raising(_: object) -> object:
        raise error

    score = judged(raising)
    assert {result.outcome for result in score.report.results} == {Outcome.CRASHED}
    assert type(error).__name__ in score.text


def test_nobody_is_asked_for_input(judged: Callable[..., Score]) -> None:
    """A check would wait for ever."""
    assert "EOFError" in judged(lambda _: input("x? ")).text


def test_an_interrupt_stops_the_check(judged: Callable[..., Score]) -> None:
    """It is the student's, and is no answer of the function; the streams are theirs again."""

    def interrupted(_: object) -> object:
        raise KeyboardInterrupt

    stdout = sys.stdout
    with pytest.raises(KeyboardInterrupt):
        judged(interrupted)
    assert sys.stdout is stdout


@pytest.mark.parametrize(
    ("asked", "environment", "word"),
    [
        ("es", "en", "FALLA"),
        (None, "es", "FALLA"),
        (None, "es_ES.UTF-8", "FALLA"),
        ("en", "es", "FAIL"),
        (None, "de", "FAIL"),
    ],
)
def test_the_language_is_asked_for_or_the_environment_s(
    judged: Callable[..., Score], monkeypatch: pytest.MonkeyPatch, asked: str | None, environment: str, word: str
) -> None:
    """An argument beats GRADER_LANG; what nobody speaks is English."""
    monkeypatch.setenv("GRADER_LANG", environment)
    score = judged(summed, lang=asked)
    assert f"{word} 1" in score.text
    assert f"<strong>{word} 1" in score._repr_html_()


@pytest.mark.parametrize(
    ("slug", "functions", "sentence"),
    [
        ("meen", [mean], "There is no exercise 'meen'. Did you mean 'mean'?"),
        ("<b>", [mean], "There is no exercise '<b>'. There are: mean."),
        (3, [mean], "There is no exercise 3. There are: mean."),
        ("mean", [], 'check got 0 functions and needs 1. Write: check("mean", mean)'),
        ("mean", [mean, summed], 'check got 2 functions and needs 1. Write: check("mean", mean)'),
        ("mean", [2.5], 'What stands for mean is a float, not a function. Write: check("mean", mean)'),
    ],
)
def test_a_wrong_call_is_one_sentence(
    judged: Callable[..., Score], slug: str, functions: list[object], sentence: str
) -> None:
    """Which says what to write; in a notebook nothing else of the traceback is shown."""
    del judged
    with pytest.raises(WrongCall) as caught:
        check(slug, *functions)  # type: ignore[arg-type]
    assert caught.value._render_traceback_() == [sentence]


def test_functions_in_another_order_are_noticed() -> None:
    """Or every check would fail for a reason that none of them tells."""

    def limit_cold(z: object) -> None: ...

    def limit_hot(z: object) -> None: ...

    def close_to_limit(z: object, tau: object, which: object) -> None: ...

    with pytest.raises(WrongCall, match="limit_hot stands where limit_cold belongs"):
        check("limits", limit_hot, limit_cold, close_to_limit, lang="en", course=PROJECT / "exercises")
    with pytest.raises(WrongCall, match="limit_hot está en el lugar de limit_cold"):
        check("limits", limit_hot, limit_cold, close_to_limit, lang="es", course=PROJECT / "exercises")


def test_validating_lists_what_fails(judged: Callable[..., Score], monkeypatch: pytest.MonkeyPatch) -> None:
    """The Validate button shows what is raised, so that is the screen itself; right answers raise nothing."""
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")
    with pytest.raises(ChecksFail) as caught:
        judged(summed)
    told = caught.value._render_traceback_()
    assert any(line.startswith("FAIL 1: ") for line in told)
    assert not any("Traceback" in line for line in told)
    assert float(judged(mean)) == 2.0


def test_the_card_needs_no_nbgrader_and_no_author() -> None:
    """A student has Jupyter and our wheel: none of the doors where solutions are read is loaded."""
    script = "import sys; from grader.notebook import check, hint, show; check, hint, show; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    loaded = set(run.stdout.split())
    assert {
        "nbgrader",
        "nbconvert",
        "scipy",
        "pytest",
        "grader.author",
        "grader.classroom",
        "grader.fence.sandbox",
    } & loaded == set()


def test_a_traceback_in_the_kernel_is_nothing_to_the_next_check() -> None:
    """What shows tracebacks marks nodes of syntax trees with their parents, and trees share their smallest nodes."""
    source = "def f(tau):\n    return tau.real\n"
    tree = ast.parse(source)
    shared = tree.body[0].body[0].value.ctx  # type: ignore[attr-defined]
    shared.parent = ast.Name("tau", lineno=99)
    try:
        assert facts.describe(ast.parse(source))["functions"]["f"]["uses"] == {"tau": [2]}
    finally:
        del shared.parent


def endless(_: object) -> object:
    """Never come back."""
    while True:
        pass


def stubborn(_: object) -> object:
    """Come back only when told twice, and as if nothing had been."""
    for _ in range(2):
        try:
            while True:
                pass
        except BaseException:  # noqa: BLE001, S110 - what a student may well write
            pass
    return 0.0


@pytest.mark.parametrize("function", [endless, stubborn])
def test_a_call_that_does_not_end_is_stopped(judged: Callable[..., Score], function: Mean) -> None:
    """It costs that check, says how long it was given, and leaves no timer behind."""
    before = signal.getsignal(signal.SIGPROF)
    score = judged(function)
    assert (float(score), {result.outcome for result in score.report.results}) == (0.0, {Outcome.TIMEOUT})
    assert "  SLOW    1 " in score.text
    assert (signal.getsignal(signal.SIGPROF), signal.getitimer(signal.ITIMER_PROF)) == (before, (0.0, 0.0))


def test_where_no_call_ends_the_rest_is_not_run(judged: Callable[..., Score], monkeypatch: pytest.MonkeyPatch) -> None:
    """Once the time for stopped calls is spent, each check says so at once."""
    monkeypatch.setattr("grader.exercise.losses.CPU_SECONDS", 0.1)
    asked: list[object] = []
    score = judged(lambda values: endless(asked.append(values)))
    assert (len(asked), {result.outcome for result in score.report.results}) == (1, {Outcome.TIMEOUT})


def test_memory_that_takes_long_to_run_out_counts_as_a_stop(
    judged: Callable[..., Score], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the fence counts it."""
    monkeypatch.setattr("grader.exercise.losses.CPU_SECONDS", 0.1)
    asked: list[object] = []

    def hungry(values: object) -> object:
        asked.append(values)
        end = time.thread_time() + 0.2
        while time.thread_time() < end:
            pass
        raise MemoryError

    outcomes = [str(result.outcome) for result in judged(hungry).report.results]
    assert (len(asked), outcomes) == (1, ["memory"])


def test_where_no_timer_can_be_set_a_check_works(judged: Callable[..., Score]) -> None:
    """In a thread, a call is not stopped, and what ends is judged."""
    scores: list[Score] = []
    thread = threading.Thread(target=lambda: scores.append(judged(mean)))
    thread.start()
    thread.join()
    assert [float(score) for score in scores] == [2.0]
