"""The other screens: hints, explanations, feedback files, the summary of a class, and a fault of ours."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest
from rich.cells import cell_len
from rich.text import Text
from syrupy.assertion import SnapshotAssertion

from grader.exercise.exercise import Exercise
from grader.exercise.reply import Facts, Problem
from grader.judge.report import Report
from grader.report.confined import render_confined, without_bubblewrap
from grader.report.feedback import render_feedback
from grader.report.hint import find_check, hints, render_explain, render_hint
from grader.report.look import Look
from grader.report.problem import render_fault
from grader.report.summary import Graded, render_class
from grader.report.words import say

States = Mapping[str, Report]
Printed = Callable[[Text, Look], str]
SANDBOX = "bubblewrap, seccomp and limits"


def widest(text: Text) -> int:
    """Return the columns of a screen's widest line."""
    return max(cell_len(line) for line in text.plain.split("\n"))


def half_hidden(states: States) -> Report:
    """Return a report with failures of both kinds: a public one, and three hidden ones."""
    results = list(states["failing"].results)
    results[0] = replace(states["shape"].results[0], visibility="hidden")
    results[1] = states["partial"].results[1]
    results[3] = replace(results[3], visibility="hidden")
    results[5] = replace(states["crash"].results[5], visibility="hidden")
    return replace(states["failing"], results=tuple(results))


def a_class(states: States) -> list[Graded]:
    """Return a class with something of everything."""
    names = {
        "ana": "all_pass",
        "ben": "failing",
        "Carla Fernández de la Torre y Mendoza": "failing",
        "dora": "unreadable",
        "王小明": "shape",
        "eve": "fault",
        "zoe": "todo",
        "nobody": "no_file",
        "slow\x1b[2J": "slow",
        "two": "refused_two_files",
        "leaves": "ending_import",
    }
    return [Graded(name, (states[state],)) for name, state in names.items()]


def test_a_hint_of_each_level(exercise: Exercise, look: Look, printed: Printed, snapshot: SnapshotAssertion) -> None:
    """A hint says one thing, keeps the lines of code as they are, and names the next step."""
    check = find_check(exercise, "4")
    assert check is not None
    for level in (1, 4, 9):
        assert printed(render_hint(exercise, check, look, diagnosis="tau_multiplied", level=level), look) == snapshot


def test_a_check_without_hints_shows_its_rule(
    exercise: Exercise, look: Look, printed: Printed, snapshot: SnapshotAssertion
) -> None:
    """Where nobody wrote a hint, the rule is what helps."""
    check = find_check(exercise, "sums")
    assert check is not None
    assert hints(exercise, look, check, None) == ()
    assert printed(render_hint(exercise, check, look), look) == snapshot


def test_a_check_is_found_by_number_or_name(exercise: Exercise) -> None:
    """Students type either; what does not exist is not found."""
    assert [
        check and check.name for check in (find_check(exercise, asked) for asked in ("1", "huge", "0", "7", "nothing"))
    ] == [
        "one_each",
        "huge",
        None,
        None,
        None,
    ]


def test_an_explanation(exercise: Exercise, look: Look, printed: Printed, snapshot: SnapshotAssertion) -> None:
    """A diagnosis is explained with its cause, its next step and the check that finds it."""
    assert printed(render_explain(exercise, "tau_multiplied", look), look) == snapshot


def test_feedback_for_a_student(exercise: Exercise, states: States, look: Look, snapshot: SnapshotAssertion) -> None:
    """A student reads all checks with their points, and of hidden ones no input and no number."""
    text = render_feedback("Ana Ruiz", [(exercise, half_hidden(states))], look, confinement=SANDBOX)
    assert text.plain == snapshot
    assert widest(text) <= 80


def test_hidden_inputs_stay_hidden(exercise: Exercise, states: States) -> None:
    """No input, number, source or exception of a hidden check reaches a student, and all reach an instructor."""
    secrets = [
        "softmax([0.0, 1.0]",
        "0.3775",
        "24 of 24",
        "710",
        "OverflowError",
        "math range",
        "math.exp",
        "2 x 2",
        "line 9",
        "0.462",
    ]
    student = render_feedback("ana", [(exercise, half_hidden(states))], Look()).plain
    instructor = render_feedback("ana", [(exercise, half_hidden(states))], Look(audience="instructor")).plain
    assert [secret for secret in secrets if secret in student] == []
    assert [secret for secret in secrets if secret not in instructor] == []


def test_feedback_in_every_state(exercise: Exercise, states: States, state: str, tongue: Look) -> None:
    """A file that cannot be read, a fault of ours and an unwritten function have their feedback, never too wide."""
    text = render_feedback("ana\x1b[2J" * 20, [(exercise, states[state])], tongue)
    assert widest(text) <= 80
    assert "\x1b" not in text.plain
    assert "…" not in text.plain


def test_a_class(states: States, look: Look, printed: Printed, snapshot: SnapshotAssertion) -> None:
    """The summary of a class names every student, every misconception, and what was not judged."""
    text = render_class(
        a_class(states), look, title="Softmax and temperature", confinement=SANDBOX, out="out", seconds=4.12
    )
    assert printed(text, look) == snapshot
    assert widest(text) <= 80
    assert "\x1b" not in text.plain


def test_a_file_that_we_may_not_read_has_a_headline_of_its_own(states: States, tongue: Look) -> None:
    """It is no fault of the grader, and no file that does not load."""
    closed = replace(states["fault"], facts=Facts(problem=Problem("unreadable", "")))
    told = render_class([Graded("ana", (closed,)), Graded("bob", (states["fault"],))], tongue).plain.split("\n\n")
    assert [part.split("\n") for part in told[-2:]] == [
        [say(tongue, "summary.closed"), "  ana"],
        [say(tongue, "summary.faults"), "  bob"],
    ]
    assert say(tongue, "summary.unloaded") not in "".join(told)


@pytest.mark.parametrize("kind", ["refused_two_files", "refused_misnamed"])
def test_what_was_handed_in_and_not_read_is_to_be_looked_at(kind: str, states: States, tongue: Look) -> None:
    """A teacher sees whose 0 points say nothing of their work."""
    told = render_class([Graded("ana", (states[kind],))], tongue).plain
    assert say(tongue, "summary.unread") in told


LAYERS = (
    "sandbox: landlock(abi4)+seccomp(allowlist)+rlimits+bwrap(pid,net,ipc,mnt)+uid(1234) | verified blocked: 17 of 17"
)


@pytest.mark.parametrize("name", ["n" * 250, "a b " * 60, "王小明" * 40, " "])
def test_a_class_of_long_names(name: str, states: States, look: Look) -> None:
    """A name wraps in its column, wherever it stands; nothing is wider than the page."""
    graded = [Graded(name, (states[state],)) for state in ("failing", "no_file", "refused_two_files", "fault")]
    assert widest(render_class(graded, look, confinement=LAYERS)) <= 80


def test_a_status_line_is_broken_between_its_parts(states: States, look: Look) -> None:
    """Not in the middle of a word: after a plus, a comma or a space."""
    text = render_class(a_class(states), look, confinement=LAYERS).plain
    _, _, told = text.partition("sandbox: ")
    first, *rest = told.strip().split("\n")
    assert (first[-1], "".join(["sandbox: ", first, *map(str.strip, rest)])) == (",", LAYERS)


def test_what_confines(look: Look, printed: Printed, snapshot: SnapshotAssertion) -> None:
    """Each layer is told, and each attempt, or that there was none; where bubblewrap is missing, what to do."""
    layers = [("seccomp", "allowlist", True), ("bwrap", "not installed", False)]
    for text in (
        render_confined(look, layers, ["start a program"], ["list the root folder"]),
        render_confined(look, layers[1:], [], []),
        without_bubblewrap(look),
    ):
        assert printed(text, look) == snapshot
        assert widest(text) <= 80


def test_a_class_of_one(states: States) -> None:
    """One student has no median, and a class without failures has no list of them."""
    text = render_class([Graded("ana", (states["all_pass"],))], Look(), title="Softmax").plain
    assert text.split("\n")[-1] == "  ana        12/12      6/6"
    assert render_class([], Look(), title="Softmax").plain.startswith("Softmax")


def test_a_class_of_several_exercises(states: States) -> None:
    """It is told which file of a student did not load; an optional one that was left out is nothing to tell."""
    good, absent, left_out, unreadable = (states[name] for name in ("all_pass", "no_file", "left_out", "unreadable"))
    ana, ben = Graded("ana", (good, left_out)), Graded("ben", (absent, unreadable))
    text = render_class([ana, ben], Look(), title="Softmax").plain
    assert "  ana        12/12     6/12\n  ben         0/24     0/12   MISSING\n" in text
    told = text.split("Not loaded\n")[1]
    assert told.split() == ["ben", "softmax", "MISSING;", "softmax", "SyntaxError,", "line", "14"]


def test_a_fault_of_ours(look: Look, printed: Printed, snapshot: SnapshotAssertion) -> None:
    """The grader takes the blame, with and without a file to send."""
    assert printed(render_fault(look), look) == snapshot
    assert printed(render_fault(look, ".grader/fault.txt"), look) == snapshot
