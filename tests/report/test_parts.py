"""The small parts that screens are made of: digits, layout, cleaning, and the look of a stream."""

from __future__ import annotations

import io

import pytest
from rich.cells import cell_len
from rich.text import Text

from grader.exercise.bank import Bank
from grader.exercise.check import Check
from grader.exercise.exercise import Exercise
from grader.exercise.reference import Recorded
from grader.report.clean import one_line, source_line, to_ascii
from grader.report.digits import measure, pairs, points, seconds, short
from grader.report.layout import chop, ends, fold, fold_code, pad, stripped, together
from grader.report.look import Look, language_of, look_at, show
from grader.report.view import check_title, fill

INF, NAN = float("inf"), float("nan")


@pytest.mark.parametrize(
    ("want", "got", "shown"),
    [
        (0.3775406687981454, 0.11920292202211755, ("0.3775", "0.1192")),
        (0.37754, 0.37751, ("0.37754", "0.37751")),
        (0.5, 0.5 + 1e-9, ("0.500000000", "0.500000001")),
        (0.5, NAN, ("0.5000", "nan")),
        (INF, -INF, ("inf", "-inf")),
        (1e-44, 0.0, ("1.0000e-44", "0.0000")),
        (1e308, 1.0, ("1.0000e+308", "1.0000e+00")),
        (3, 4, ("3", "4")),
        (True, False, ("True", "False")),
    ],
)
def test_digits_are_added_until_a_difference_shows(want: object, got: object, shown: tuple[str, str]) -> None:
    """Four decimals, and more only where expected and got would look equal."""
    assert pairs([(want, got)], [True]) == ([shown], True)


def test_equal_entries_need_no_digits() -> None:
    """Only wrong entries ask for more digits; a difference that no digits show is said to be one."""
    assert pairs([(0.25, 0.25), (0.1, 0.2)], [False, True]) == ([("0.2500", "0.2500"), ("0.1000", "0.2000")], True)
    assert pairs([(0.25, 0.25)], [True]) == ([("0.2500", "0.2500")], False)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.46211715726, "0.462"),
        (2.0, "2"),
        (24, "24"),
        (1.0000001, "1.0000001"),
        (0.9999999, "0.9999999"),
        (1234.5, "1234.5"),
        (1e308, "1e+308"),
        (3.1e-9, "3.1e-09"),
        (NAN, "nan"),
        (-INF, "-inf"),
        (10**400, str(10**400)),
        ("word", "word"),
        (True, "True"),
    ],
)
def test_a_measure_has_the_digits_it_needs(value: object, shown: str) -> None:
    """Three digits, unless the number would then look whole and is not."""
    assert measure(value) == shown


def test_durations_errors_and_points_are_short() -> None:
    """Numbers in sentences have two digits; points lose their zeros."""
    assert [seconds(value) for value in (0.214, 0.00412, 12.0, 0.0)] == ["0.21", "0.0041", "12.00", "0"]
    assert short(3.14159e-9) == "3.1e-09"
    assert [points(value) for value in (2.0, 1.5, 2 / 3)] == ["2", "1.5", "0.6667"]


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("From {a} to {b}. Done.", "From 1 to 0.5. Done."),
        ("Gone {c}. Kept.", "Kept."),
        ("{a:.2f} is 1.00.", "1.00 is 1.00."),
        ("{a:nonsense} here. Kept.", "Kept."),
        ("Set {{0, 1}}. Open { brace.", "Set {0, 1}."),
        ("At tau = 0.5 and 1.5 {a}.", "At tau = 0.5 and 1.5 1."),
        ("{a.real} {a[0]}. Kept.", "Kept."),
    ],
)
def test_texts_are_filled_sentence_by_sentence(text: str, made: str) -> None:
    """A placeholder that cannot be filled takes its sentence with it, and raises nothing."""
    assert fill(text, {"a": 1, "b": 0.5}) == made


def test_lines_are_folded_by_what_they_take_on_screen() -> None:
    """Wide letters count two columns, and a word that is too wide is broken."""
    assert fold("one two three", 7) == ["one two", "three"]
    assert fold("漢字漢字", 4) == ["漢字", "漢字"]
    assert fold("", 10) == []
    assert chop("abcdef", 4) == ["abcd", "ef"]
    assert pad("漢", 4) == "漢  "
    assert pad("漢", 4, right=True) == "  漢"


def test_code_is_folded_outside_strings() -> None:
    """A comma inside a string is no place to end a line."""
    assert fold_code('f(\'a, b, c\', "d, \\" e", 1, 2)', 16) == ["f('a, b, c',", '"d, \\" e", 1, 2)']
    assert fold_code("", 10) == []


def test_what_stands_at_the_right_edge_moves_when_it_must() -> None:
    """A title wraps beside its note, or the note gets its own line."""
    assert [line.plain for line in ends(Text("a "), "b", Text("c"), 10)] == ["a b      c"]
    lines = ends(Text("> "), "one two three four five six", Text("note"), 40)
    assert [line.plain for line in lines] == ["> one two three four five six       note"]
    lines = ends(Text("> "), "one two three four five six", Text("a long note here"), 40)
    assert [line.plain for line in lines] == ["> one two three four five six", " " * 24 + "a long note here"]
    assert stripped([Text("a"), Text(" "), Text()]) == [Text("a")]
    assert together([Text("a", style="red"), Text("b")], plain=True).spans == []


def test_hostile_text_becomes_one_harmless_line() -> None:
    """Sequences and invisible letters go, half characters are spelled out, floods are counted."""
    assert one_line("\x1b[31mred\x1b[0m\n\tand\u200b \x1b]0;title\x07more", 80) == ("red and more", 0)
    assert one_line("\ud83d", 80) == ("\\ud83d", 0)
    assert one_line("a" * 100, 10) == ("a" * 10, 90)
    assert one_line("a" * 1000, 10) == ("a" * 10, 990)
    assert cell_len(one_line("a" + "\u0301" * 500, 80)[0]) == 1
    assert one_line("\x1b", 80) == ("", 0)
    assert source_line("\tx = 1\x1b[2J  \r\n", 80) == ("    x = 1", 0)
    assert to_ascii("plain") == "plain"


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        """Say yes."""
        return True


class Teletype(Terminal):
    """A terminal that knows ASCII only."""

    encoding = "ascii"


def test_the_look_of_a_stream(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pipes, dumb terminals and whoever asks for it get the plain form; only real terminals get links."""
    monkeypatch.setenv("COLUMNS", "100")
    assert look_at(Terminal(), {}) == Look(links=True)
    assert look_at(io.StringIO(), {"TERM": "xterm"}).plain
    assert look_at(Terminal(), {"TERM": "dumb"}).plain
    assert look_at(Terminal(), {"GRADER_PLAIN": "1"}) == Look(plain=True)
    assert not look_at(Terminal(), {"GRADER_PLAIN": "0"}).plain
    assert look_at(Terminal(), {}, plain=True, audience="instructor") == Look(plain=True, audience="instructor")
    assert look_at(Teletype(), {}).ascii
    monkeypatch.setenv("COLUMNS", "60")
    assert look_at(Terminal(), {}).width == 60
    monkeypatch.setenv("COLUMNS", "20")
    assert look_at(Terminal(), {}).width == 50


def test_the_language_is_asked_for_in_order() -> None:
    """What is asked for beats GRADER_LANG, that beats the locale; what nobody speaks is English."""
    assert language_of({"GRADER_LANG": "en"}, "es") == "es"
    assert language_of({"GRADER_LANG": "es", "LANG": "en_GB.UTF-8"}) == "es"
    assert language_of({"LC_ALL": "", "LANG": "es_CL.UTF-8"}) == "es"
    assert language_of({"LANG": "C"}) == "en"
    assert language_of({"GRADER_LANG": "fr"}) == "en"
    assert language_of({}) == "en"


def test_a_text_is_written_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Plain text has no escapes, a terminal gets colour, NO_COLOR takes it away, and nothing is read as markup."""
    text = Text("[bold]x[/] :smile: ", style="red").append("y" * 200)
    plain, colour, none = io.StringIO(), Terminal(), Terminal()
    show(text, Look(plain=True), plain)
    assert plain.getvalue() == f"{text.plain}\n"
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    show(text, Look(), colour)
    assert colour.getvalue() == f"\x1b[31m{text.plain}\x1b[0m\n"
    monkeypatch.setenv("NO_COLOR", "1")
    show(text, Look(), none)
    assert none.getvalue() == f"{text.plain}\n"


@pytest.mark.parametrize(
    ("title", "begins"),
    [
        ("A masked token", "a masked"),
        ("A = 1", "A = 1"),
        ("NaN stays", "NaN"),
        ("tau = 1", "tau"),
        ("Raising", "raising"),
    ],
)
def test_a_title_begins_small_unless_it_is_a_name(title: str, begins: str) -> None:
    """Docstrings begin large by rule; in the middle of a line only names and formulas stay so."""
    check = Check("it", title, 1.0, print)
    exercise = Exercise("e", 1, ("f",), (check,), (), {}, Recorded({}), Bank())
    assert check_title(exercise, Look(), "it").startswith(begins)
