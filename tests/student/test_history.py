"""History: what is remembered makes a screen kinder, and nothing depends on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.judge import Finding, Outcome, Report, Result
from grader.student.checking import changes
from grader.student.history import FILE, Hint, Run, read_history, remember, run_of, same_runs

WHOLE = b'{"kind": "run", "exercise": "mean", "number": 1, "source": "", "outcomes": {}, "traces": {}, "diagnoses": {}}'


def report(**outcomes: Outcome) -> Report:
    """Return a report with one check for each outcome."""
    results = tuple(
        Result(check, "public", outcome, 0.0, 1.0, finding=None if outcome is Outcome.PASSED else Finding("values"))
        for check, outcome in outcomes.items()
    )
    return Report("mean", results)


def test_what_is_remembered_is_read_again(tmp_path: Path) -> None:
    """Runs and hints come back as they were."""
    run = run_of(report(one=Outcome.FAILED), b"source", 3)
    hint = Hint("mean", "one", 2, 3)
    for entry in (run, hint):
        remember(read_history(tmp_path), entry)
    history = read_history(tmp_path)
    assert (history.runs, history.hints) == ((run,), (hint,))
    assert history.hint("mean", "one") == hint
    assert history.of("other") == ()


def test_a_missing_history_is_fine(tmp_path: Path) -> None:
    """The first run has none."""
    assert read_history(tmp_path / "nowhere").runs == ()


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\xff\xfe",
        b"not json",
        b"[1]",
        b'{"kind": "run"}',
        WHOLE.replace(b"1", b'"1"'),
        WHOLE.replace(b'"outcomes": {}', b'"outcomes": {"a": 2}'),
        b'{"kind": "hint", "exercise": "mean", "check": [], "level": 1, "run": 1}',
        b'{"kind": "hint", "exercise": "mean", "check": "a", "level": 1, "run": 1, "more": 1}',
        b"[" * 100_000,
    ],
)
def test_a_broken_line_is_passed_over(line: bytes, tmp_path: Path) -> None:
    """The lines before and after it count."""
    run = Run("mean", 1, "abc")
    remember(read_history(tmp_path), run)
    with (tmp_path / FILE).open("ab") as file:
        file.write(line + b"\n")
    remember(read_history(tmp_path), run)
    assert read_history(tmp_path).runs == (run, run)
    assert read_history(tmp_path).hints == ()


def test_a_history_that_cannot_be_written_is_let_go(tmp_path: Path) -> None:
    """A file in the place of the folder stops nothing."""
    (tmp_path / ".grader").touch()
    remember(read_history(tmp_path / ".grader"), Run("mean", 1, "abc"))
    assert read_history(tmp_path / ".grader").runs == ()


@pytest.mark.parametrize(
    ("before", "now", "change"),
    [
        (Outcome.FAILED, Outcome.PASSED, ("fixed",)),
        (Outcome.SKIPPED, Outcome.PASSED, ("fixed",)),
        (Outcome.PASSED, Outcome.FAILED, ("broken",)),
        (Outcome.FAILED, Outcome.FAILED, ("same", 2)),
        (Outcome.FAILED, Outcome.CRASHED, None),
        (Outcome.PASSED, Outcome.PASSED, None),
        (Outcome.TODO, Outcome.PASSED, None),
        (Outcome.PASSED, Outcome.SKIPPED, None),
    ],
)
def test_what_is_new_since_the_run_before(before: Outcome, now: Outcome, change: tuple[object, ...] | None) -> None:
    """The right column of the screen says what changed, and nothing else."""
    earlier = run_of(report(one=before), b"a", 1)
    made = changes([earlier], run_of(report(one=now), b"b", 2))
    assert made == ({} if change is None else {"one": change})


def test_the_first_run_has_nothing_new() -> None:
    """Without a run before there is nothing to compare with."""
    assert changes([], run_of(report(one=Outcome.FAILED), b"a", 1)) == {}


def test_how_long_it_took_makes_no_difference() -> None:
    """A call that was stopped is the same in the next run, whatever the clocks said."""
    findings = [Finding("timeout", limit=2.0, seconds=one, waited=20 + one, note=f"{one}") for one in (0.1, 0.2)]
    results = [Result("one", "public", Outcome.TIMEOUT, 0.0, 1.0, finding=finding) for finding in findings]
    first, second = (run_of(Report("mean", (result,)), b"", 1) for result in results)
    assert same_runs((first,), second, "one") == 2


def test_same_results_are_counted_in_a_row() -> None:
    """A pass in between starts the count anew."""
    failing, passing = report(one=Outcome.FAILED), report(one=Outcome.PASSED)
    runs = [run_of(each, b"", n) for n, each in enumerate([failing, passing, failing, failing, failing], start=1)]
    assert same_runs(tuple(runs[:-1]), runs[-1], "one") == 3
