"""The card: the same words as the screen, as HTML that runs nothing, fetches nothing, and survives a cleaner."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from nbconvert.filters.strings import clean_html
from syrupy.assertion import SnapshotAssertion

from grader.exercise.exercise import Exercise
from grader.exercise.reply import Raised
from grader.judge.outcome import Outcome
from grader.judge.report import Finding, Report, Result, Row
from grader.report.card import render_card
from grader.report.look import Look
from grader.report.screen import render_check

States = Mapping[str, Report]
Unread = Mapping[str, Callable[[Look], str]]

STYLE = re.compile(r"<style>.*?</style>\n", re.DOTALL)
DATA = re.compile(r"data:image/svg\+xml;base64,[\w+/=]+")
VOID = {"img", "rect", "path"}
HOSTILE = "</div><script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{ 7 * 7 }}{% raw %}\x1b[31m\u202e"
SIMPLE = {"a", "b", "code", "em", "i", "li", "ol", "strong", "ul", "div", "pre", "span", "table", "tr", "td"}


class Read(HTMLParser):
    """Reads a card: its words, its tags and attributes, and whether every tag is closed in its turn."""

    def __init__(self, card: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.given: list[tuple[str, str | None]] = []
        self.words: list[str] = []
        self.feed(card)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.tags.add(tag)
        self.given += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag without content."""
        self.tags.add(tag)
        self.given += attrs

    def handle_endtag(self, tag: str) -> None:
        """Close the tag that was opened last."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Note a text, but for the style sheet."""
        if self.open[-1:] != ["style"]:
            self.words += data.split()


def words(text: str) -> set[str]:
    """Return the words of a text, and its numbers."""
    return set(re.findall(r"[\w.]*\w", text))


def card(exercise: Exercise, report: Report, look: Look, **options: object) -> str:
    """Return a card for the student's third cell."""
    return render_card(exercise, report, look, path="cell 3", **options)


def test_every_state_has_its_card(
    exercise: Exercise, states: States, state: str, tongue: Look, snapshot: SnapshotAssertion
) -> None:
    """What is shown in a state is what was looked at and found good."""
    made = card(exercise, states[state], tongue)
    assert STYLE.match(made)
    assert DATA.sub("data:image/svg+xml;base64,...", STYLE.sub("", made)) == snapshot


def test_every_state_has_its_plain_card(
    exercise: Exercise, states: States, state: str, tongue: Look, snapshot: SnapshotAssertion
) -> None:
    """The same for a page that lets few tags through."""
    assert card(exercise, states[state], replace(tongue, plain=True)) == snapshot


@pytest.mark.parametrize("plain", [False, True])
def test_a_card_says_every_word_of_the_screen(
    exercise: Exercise, states: States, state: str, tongue: Look, *, plain: bool
) -> None:
    """Labels, values, rules and titles; only the call that asks for a hint is not on a card, which holds the hints."""
    look = replace(tongue, plain=plain)
    screen = render_check(exercise, states[state], replace(look, plain=True, width=400), path="cell 3", show_all=True)
    lines = screen.plain.split("\n")
    header = {"en": "exercise 1 of 1", "es": "ejercicio 1 de 1"}[look.language]
    if lines[0].endswith(header):
        lines = [lines[0].removesuffix(header), *lines[2:]]  # the second one names the file
    told = Read(card(exercise, states[state], look, show_all=True)).words
    assert words(" ".join(line for line in lines if "hint(" not in line)) - words(" ".join(told)) == set()


def test_a_card_runs_and_fetches_nothing(exercise: Exercise, states: States, state: str, tongue: Look) -> None:
    """No script, no handler, no address but of a picture that holds itself; every tag is closed."""
    read = Read(card(exercise, states[state], tongue))
    assert read.tags & {"script", "iframe", "link", "object", "embed", "form", "input", "a"} == set()
    assert [name for name, _ in read.given if name.startswith("on") or name in ("style", "href", "id")] == []
    sources = [value or "" for name, value in read.given if name == "src"]
    assert all(source.startswith("data:image/svg+xml;base64,") for source in sources)
    assert not re.search(
        r"url\(|@import|https?:", card(exercise, states[state], tongue).replace("http://www.w3.org", "")
    )


def test_a_plain_card_survives_the_cleaner_of_notebooks(
    exercise: Exercise, states: States, state: str, tongue: Look
) -> None:
    """Nothing of it is escaped or lost; only attributes go."""
    made = card(exercise, states[state], replace(tongue, plain=True))
    cleaned = clean_html(made)
    assert Read(made).tags <= SIMPLE
    assert Read(cleaned).words == Read(made).words


@pytest.mark.parametrize("plain", [False, True])
def test_what_a_student_wrote_is_shown_and_never_read_as_html(
    exercise: Exercise, states: States, *, plain: bool
) -> None:
    """In every field that a student can fill: the call, values, exceptions, warnings, names, lines of code."""
    finding = Finding(
        "values",
        case=f"softmax({HOSTILE!r})",
        rows=(Row((0,), 0.0, 0.5, HOSTILE, wrong=True),),
        entries=1,
        wrong=1,
        warned=(HOSTILE,),
        key=HOSTILE,
    )
    crash = Finding("raised", case=HOSTILE, raised=Raised(HOSTILE, (HOSTILE,), HOSTILE))
    results = [
        Result("one_each", "public", Outcome.FAILED, 0.0, 2.0, None, finding),
        Result("sums", "public", Outcome.CRASHED, 0.0, 2.0, None, crash),
        Result("huge", "public", Outcome.TAMPERED, 0.0, 2.0, None, Finding("tampered", note=HOSTILE)),
    ]
    report = replace(states["failing"], results=tuple(results))
    read = Read(render_card(exercise, report, Look(plain=plain), path=HOSTILE, show_all=True))
    honest = Read(card(exercise, states["failing"], Look(plain=plain), show_all=True))
    assert read.tags - honest.tags - {"code", "pre"} == set()
    assert "".join(read.words).count("<script>alert(1)</script>") >= 6
    assert "{{7*7}}{%raw%}" in "".join(read.words)
    assert [value for name, value in read.given if name.startswith("on") or value == "x"] == []
    assert not {"\x1b", "\u202e"} & set("".join(read.words))


def test_a_misconception_is_explained_once(exercise: Exercise, states: States) -> None:
    """Each check that it fails shows its own case and rule; what it means, and what to do, is said by the first."""
    report = states["failing"]
    failed = next(result for result in report.results if result.diagnosis)
    both = replace(report, results=(failed, replace(failed, check="sums")))
    told = card(exercise, both, Look(plain=True), show_all=True)
    labels = ("Smallest case", "Rule broken", "Probable cause", "Next step")
    assert [told.count(label) for label in labels] == [2, 2, 1, 1]


def test_hidden_checks_keep_their_secrets(exercise: Exercise, states: States) -> None:
    """A student's card shows no input, no number and no hint of a hidden check; an instructor's shows all."""
    results = tuple(replace(one, visibility="hidden") for one in states["failing"].results)
    report = replace(states["failing"], results=results)
    told = {who: html.unescape(card(exercise, report, Look(audience=who))) for who in ("student", "instructor")}
    for secret in ("[0.0, 1.0]", "0.3775", "0.462", "24 of 24", "Softmax only looks", "<svg", "line 9"):
        assert secret not in told["student"]
    assert "multiplied by tau" in told["student"]
    assert "0.3775" in told["instructor"]


def test_points_are_those_that_count(exercise: Exercise, states: States) -> None:
    """Of the report, or of the cell that the card stands under."""
    assert "8 of 12 points" in card(exercise, states["failing"], Look())
    assert "10.5 of 16 points" in card(exercise, states["failing"], Look(), worth=(10.5, 16.0))


def test_only_the_first_failure_is_shown_in_full(exercise: Exercise, states: States) -> None:
    """Two failures are two lines and one block, unless all are asked for."""
    assert card(exercise, states["long"], Look()).count('class="head"') == 1
    assert card(exercise, states["long"], Look(), show_all=True).count('class="head"') == 2


@pytest.mark.parametrize(
    ("language", "ended", "said"),
    [
        ("en", "crashed", "cell 3 ends the process, so it was left out."),
        ("en", "memory", "cell 3 asks for too much memory, so it was left out."),
        ("es", "timeout", "Se ha dejado fuera la celda 3: tarda demasiado."),
    ],
)
def test_a_cell_that_was_left_out_is_named(
    exercise: Exercise, states: States, *, language: str, ended: str, said: str
) -> None:
    """Also where all checks pass: what it would have done is missing."""
    facts = replace(states["all_pass"].facts, left_out=(("cell 3", ended),))
    assert said in card(exercise, replace(states["all_pass"], facts=facts), Look(language=language, plain=True))


def test_a_notebook_that_cannot_be_read_is_handed_in_again(
    unread: Unread, tongue: Look, snapshot: SnapshotAssertion
) -> None:
    """The card says why, and names no command: there is no other file, and nothing to run."""
    told = {why: " ".join(Read(card(replace(tongue, plain=True))).words) for why, card in unread.items()}
    assert told == snapshot
    assert [why for why, said in told.items() if "grader" in said] == []
