"""Every screen a student can meet is a snapshot, in both languages, in colour, plain and in ASCII."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest
from rich.cells import cell_len
from rich.text import Text
from syrupy.assertion import SnapshotAssertion

from grader.exercise.exercise import Exercise
from grader.exercise.reply import Facts, FunctionFacts, Place, Raised
from grader.exercise.texts import Texts
from grader.judge.outcome import Outcome
from grader.judge.report import Finding, Report, Result, Row
from grader.report.look import Look
from grader.report.result import render_result
from grader.report.screen import render_check

States = Mapping[str, Report]
Shown = Callable[[str, Look], Text]
Printed = Callable[[Text, Look], str]


def widest(text: Text) -> int:
    """Return the columns of a screen's widest line."""
    return max(cell_len(line) for line in text.plain.split("\n"))


def with_finding(report: Report, finding: Finding, outcome: Outcome = Outcome.FAILED, **fields: object) -> Report:
    """Return a report whose fourth check has that finding."""
    result = replace(Result("tau_two", "public", outcome, 0.0, 2.0, None, finding), **fields)
    return replace(report, results=(*report.results[:3], result, *report.results[4:]))


def test_every_state_has_its_screen(
    shown: Shown, state: str, look: Look, printed: Printed, snapshot: SnapshotAssertion
) -> None:
    """What is printed in a state is what was looked at and found good."""
    assert printed(shown(state, look), look) == snapshot


def test_no_screen_is_too_wide_or_cut(shown: Shown, state: str, look: Look) -> None:
    """No line is wider than the look, nothing ends in an ellipsis, no line ends in spaces."""
    for width in (50, 63, 80):
        text = shown(state, replace(look, width=width))
        assert widest(text) <= width
        assert "…" not in text.plain
        assert [line for line in text.plain.split("\n") if line != line.rstrip()] == []


def test_an_ascii_screen_is_ascii(shown: Shown, state: str, tongue: Look) -> None:
    """A stream that can write ASCII only is sent ASCII only."""
    assert shown(state, replace(tongue, ascii=True)).plain.isascii()


def test_a_plain_screen_carries_no_style(shown: Shown, state: str) -> None:
    """Plain is the same words without bars, colours or links."""
    text = shown(state, Look(plain=True))
    assert text.spans == []
    assert "█" not in text.plain


def test_only_the_first_failure_is_shown_in_full(exercise: Exercise, states: States) -> None:
    """Two failures are two red lines and one block, unless all are asked for."""
    report = states["long"]
    assert render_check(exercise, report, Look()).plain.count("Smallest case") == 1
    assert render_check(exercise, report, Look(), show_all=True).plain.count("Smallest case") == 2


def test_the_last_line_is_the_next_action(shown: Shown) -> None:
    """A failing screen ends with the check and the line to go to."""
    last = shown("failing", Look()).plain.split("\n")[-1]
    assert last == "4 of 6 checks pass. Next: check 4 in exercises/softmax/softmax.py, line 9."


def test_links_are_made_for_terminals_only(shown: Shown) -> None:
    """A file's name carries a link where the look has links, and nowhere else."""
    linked = [span.style for span in shown("failing", Look(links=True)).spans if "link" in str(span.style)]
    assert all("file:///" in str(style) for style in linked)
    assert len(linked) == 2
    assert [s for s in shown("failing", Look()).spans if "link" in str(s.style)] == []


@pytest.mark.parametrize("name", ["tau_two", "one_each"])
def test_a_single_result_is_the_block_of_the_screen(
    exercise: Exercise, states: States, shown: Shown, name: str
) -> None:
    """The pytest plugin shows the very block of the screen."""
    report = states["failing"]
    result = next(one for one in report.results if one.check == name)
    made = render_result(exercise, report, result, Look()).plain
    assert made.startswith("FAIL 4: raising" if name == "tau_two" else "PASS 1: one")
    assert name == "one_each" or made in shown("failing", Look()).plain


def test_a_sentence_without_its_number_is_left_out(exercise: Exercise, states: States) -> None:
    """A rule whose measures are missing keeps the sentences that need none."""
    text = render_check(exercise, with_finding(states["failing"], Finding("values")), Look()).plain
    assert "When tau grows, the probabilities must move closer together." in text
    assert "gap" not in text
    assert "{" not in text


def test_the_pointer_falls_back_to_the_definition(exercise: Exercise, states: States) -> None:
    """A parameter that is never used is pointed at where the function begins."""
    facts = Facts("softmax.py", {"softmax": FunctionFacts(6, ("z", "tau"))})
    text = render_check(exercise, replace(states["failing"], facts=facts), Look()).plain
    assert "Then look at line 6: no line below it uses tau." in " ".join(text.split())
    facts = Facts("softmax.py", {"softmax": FunctionFacts(6, ("z", "t"))})
    text = render_check(exercise, replace(states["failing"], facts=facts), Look()).plain
    assert "Then look at line 6, where softmax begins." in " ".join(text.split())


def test_several_lines_are_named(exercise: Exercise, states: States, tongue: Look) -> None:
    """At most three lines are named, in a sentence."""
    facts = Facts("softmax.py", {"softmax": FunctionFacts(6, ("z", "tau"), {"tau": (9, 11, 12, 20)})})
    text = render_check(exercise, replace(states["failing"], facts=facts), tongue).plain
    wanted = {
        "en": "look at lines 9, 11 and 12, where tau is used.",
        "es": "mira las líneas 9, 11 y 12, donde se usa tau.",
    }
    assert wanted[tongue.language] in " ".join(text.split())


def test_a_case_wraps_where_it_stays_python(exercise: Exercise, states: States) -> None:
    """A long call is broken after commas, so that it can still be pasted and run."""
    case = f"softmax([{', '.join(['0.125'] * 40)}], name='a, b', tau=2.0)"
    text = render_check(exercise, with_finding(states["failing"], Finding("property", case=case)), Look()).plain
    lines = text[text.index("Smallest case") + len("Smallest case") : text.index("Rule broken")]
    assert " ".join(lines.split()) == case
    compile(lines.strip(), "case", "eval")


def test_a_case_that_nobody_would_paste_is_not_shown(exercise: Exercise, states: States, tongue: Look) -> None:
    """A call with thousands of numbers is named by its function and its length, and not cut."""
    finding = Finding("property", case=f"softmax({list(range(1000))})")
    text = render_check(exercise, with_finding(states["failing"], finding), tongue).plain
    wanted = {
        "en": "softmax(), with arguments of 4899 characters",
        "es": "softmax(), con argumentos de 4899 caracteres",
    }
    assert wanted[tongue.language] in " ".join(text.split())
    assert "998" not in text


def test_a_long_command_wraps(exercise: Exercise, states: States) -> None:
    """A diagnosis with a long name does not push its command over the edge."""
    name = "a_name_that_is_much_longer_than_any_name_should_be_but_who_knows"
    texts = {"en": Texts("en", {f"diagnoses.{name}.cause": "Because."})}
    report = with_finding(states["failing"], Finding("property"), diagnosis=name)
    text = render_check(replace(exercise, texts=texts), report, Look(width=60))
    assert widest(text) <= 60
    assert f"grader explain {name}" == "".join(text.plain.split("More")[1].split("\n\n")[0].split()).replace(
        "explain", " explain "
    )


def test_what_a_student_wrote_cannot_leave_its_place(exercise: Exercise, states: States) -> None:
    """Escape sequences, bidirectional marks, markup, half characters and floods are shown as harmless text."""
    nasty = "\x1b[2J\x1b]8;;http://evil\x07click\u202e[bold red]PASS[/]\ud800\r\n\x00" + "z" * 5000
    place = Place("softmax.py", 12, "f\x1b[31m\u2066", {"s": nasty, "exps": "\x9b31m1.0"})
    finding = Finding("raised", case="softmax([1.0])", raised=Raised("E\x1b[0m", (), nasty, (place,)))
    report = with_finding(states["crash"], finding, Outcome.CRASHED)
    report = replace(report, facts=replace(report.facts, source=("x = '\x1b[31m\u202e" + "y" * 900,) * 14))
    text = render_check(exercise, report, Look())
    text.plain.encode("utf-8")
    assert "[bold red]PASS[/]\\ud800" in text.plain
    assert [c for c in text.plain if c in "\x1b\x07\x9b\x00\r\u202e\u2066"] == []
    assert widest(text) <= 80
    assert "more characters)" in text.plain


def test_values_too_long_for_a_table_stand_one_below_the_other(exercise: Exercise, states: States) -> None:
    """A table that does not fit gives up its bars, then the input, then its columns; nothing is cut."""
    value = 1.2345678901234567e-100
    tiny = Row((0, 1), -1.2345678901234567e-308, value, math.nextafter(value, 1), wrong=True)
    text = render_check(exercise, with_finding(states["failing"], Finding("values", rows=(tiny,))), Look())
    assert widest(text) <= 80
    assert text.plain.count("1.23456789012345") == 2
    words = Row((0,), None, "w" * 50, "v" * 50, wrong=True)
    text = render_check(exercise, with_finding(states["failing"], Finding("values", rows=(words,))), Look())
    assert widest(text) <= 80
    assert "expected  " + "w" * 50 in text.plain
    assert "got       " + "v" * 50 in text.plain


def test_numbers_that_look_equal_say_by_how_much_they_differ(exercise: Exercise, states: States, tongue: Look) -> None:
    """Where no digits can show the difference, a line does."""
    rows = (Row((), None, 0.5, 0.5, wrong=True),)
    finding = Finding("values", rows=rows, entries=1, wrong=1, error=3.1e-9, allowed=1e-9)
    text = render_check(exercise, with_finding(states["failing"], finding), tongue).plain
    assert {"en": "differs by 3.1e-09; 1e-09 is allowed", "es": "difiere en 3.1e-09; se permite 1e-09"}[
        tongue.language
    ] in text


def test_nan_and_values_beyond_one_have_no_bar(exercise: Exercise, states: States) -> None:
    """nan, inf and everything outside 0 to 1 is drawn without a bar; a table of such values has none at all."""
    rows = (
        Row((0,), 1.0, 0.5, float("nan"), wrong=True),
        Row((1,), 2.0, 0.5, float("inf"), wrong=True),
        Row((2,), 3.0, 0.0, 1.5, wrong=True),
    )
    text = render_check(exercise, with_finding(states["failing"], Finding("values", rows=rows)), Look()).plain
    bars = [line.split(" ", 1)[1] for line in text.split("\n") if "█" in line]
    assert [line.split() for line in bars] == [
        ["0", "1.0", "0.5000", "███████", "nan"],
        ["1", "2.0", "0.5000", "███████", "inf"],
    ]
    beyond = (Row((0,), 1.0, 7.0, 0.5, wrong=True),)
    text = render_check(exercise, with_finding(states["failing"], Finding("values", rows=beyond)), Look()).plain
    assert "█" not in text
