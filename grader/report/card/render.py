"""Render a card: from top to bottom what failed first, what it means, and, folded, the other checks and a hint.

Nothing in it runs, and nothing is fetched. Every text is escaped by the template engine. Colours are those of the page
that it stands in: JupyterLab's variables, else VS Code's, else plain ones; and a colour only repeats what a word says.
A plain look gives the same card in the few tags that the strictest cleaner of notebooks lets through.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from grader.exercise.exercise import Exercise
from grader.judge.outcome import Outcome
from grader.judge.report import Report, Result
from grader.report.card.parts import Bar, Code, Part, Said, aligned, bars, body_parts, parts_of
from grader.report.checks import news
from grader.report.digits import points
from grader.report.hint import hints
from grader.report.layout import KEPT
from grader.report.look import Look
from grader.report.problem import problem_lines, render_fault
from grader.report.result import BAD, earned
from grader.report.screen import all_pass_lines, last_lines
from grader.report.todo import todo_lines
from grader.report.view import View, exercise_title, usual_path
from grader.report.words import outcome_word

if TYPE_CHECKING:
    from jinja2 import Template

WIDE = 4000  # columns: no text of ours is longer, so each stays one line
FOLDER = Path(__file__).parent
TONES = {Outcome.PASSED: "good", Outcome.TODO: "calm", Outcome.SKIPPED: "calm", Outcome.ERROR: "calm"}


@dataclass(frozen=True, slots=True)
class Block:
    """One check in full."""

    word: str
    tone: str
    number: int
    title: str
    diagnosis: str
    parts: Sequence[Part]
    bars: Sequence[Bar] = ()
    picture: str = ""  # a drawing, as the address of an image that holds itself


@dataclass(frozen=True, slots=True)
class Entry:
    """One check as a line."""

    word: str
    tone: str
    number: int
    title: str
    news: str


@dataclass(frozen=True, slots=True)
class Card:
    """All that a card says, top to bottom."""

    title: str
    points: str
    tone: str
    blocks: Sequence[Block]
    parts: Sequence[Part]  # what is said below the blocks: what to do next
    entries: Sequence[Entry] = ()
    hints: Sequence[Sequence[Part]] = ()


def render_card(
    exercise: Exercise,
    report: Report,
    look: Look,
    *,
    path: str | None = None,
    worth: tuple[float, float] | None = None,
    show_all: bool = False,
) -> str:
    """Return the card of a report as a piece of HTML.

    Parameters
    ----------
    look
        Its language and audience count; ``plain`` asks for simple tags only, without styles and pictures.
    path
        The student's file as they know it, or ``cell 3``.
    worth
        Points earned and possible, where those of the report are not the ones that count.
    show_all
        Whether all failures are shown in full, not only the first.
    """
    wide = replace(look, plain=True, links=False, ascii=False, width=WIDE)
    view = View(exercise, report, wide, path or usual_path(exercise))
    card = _card(view, worth or (report.points, report.max_points), show_all=show_all)
    return _template().render(card=card, say=view.say, lang=look.language, plain=look.plain, kind=_kind).strip()


def _card(view: View, worth: tuple[float, float], *, show_all: bool) -> Card:
    results = view.report.results
    failing = [result for result in results if result.outcome in BAD]
    title = exercise_title(view.exercise, view.look)
    earned_of = view.say("screen.points", points=points(worth[0]), total=points(worth[1]))
    tone = "bad" if failing else "calm" if any(one.outcome is not Outcome.PASSED for one in results) else "good"
    problem = view.report.facts.problem
    if problem is not None:
        return Card(title, earned_of, tone, (), parts_of(problem_lines(view, problem)))
    blocks = list(_blocks(view, failing if show_all else failing[:1]))
    entries = [_entry(view, result) for result in results]
    last = [*_last(view, failing), *_left_out(view)]
    return Card(title, earned_of, tone, blocks, last, entries, _hints(view, failing))


def _blocks(view: View, failing: Sequence[Result]) -> Iterator[Block]:
    """Yield checks in full; what a diagnosis means, and what to do about it, is said where it is named first."""
    known: set[str] = set()
    meant = {view.say("labels.cause"), view.say("labels.next")}
    for result in failing:
        block = _block(view, result)
        if block.diagnosis in known:
            block = replace(
                block, parts=[one for one in block.parts if not isinstance(one, Said) or one.label not in meant]
            )
        known |= {block.diagnosis} - {""}
        yield block


def _block(view: View, result: Result) -> Block:
    entry = _entry(view, result)
    return Block(
        entry.word,
        entry.tone,
        entry.number,
        entry.title,
        result.diagnosis or "",
        body_parts(view, result),
        bars(view, result),
        _picture(view, result),
    )


def _entry(view: View, result: Result) -> Entry:
    word = outcome_word(view.look, result.outcome)
    tone = TONES.get(result.outcome, "bad")
    hidden = any(one.visibility != "public" for one in view.report.results)
    said = earned(view, result) if hidden and result.outcome is not Outcome.ERROR else news(view, result)
    return Entry(word, tone, view.number(result), view.title(result.check), said)


def _last(view: View, failing: Sequence[Result]) -> list[Part]:
    """Return what is said when all checks were told of: whose fault it is, what is missing, where to go on."""
    parts = parts_of(list(render_fault(view.look).split("\n"))) if view.report.faulty else []
    if failing:
        return parts + parts_of(last_lines(view, failing[0]))
    if any(result.outcome is Outcome.TODO for result in view.report.results):
        return parts + parts_of(todo_lines(view))
    return parts if view.report.faulty else parts_of(all_pass_lines(view))


def _left_out(view: View) -> Iterator[Part]:
    """Yield which cells of a notebook were not run in the end, for they are missing below."""
    for cell, ended in view.report.facts.left_out:
        yield Said("", view.say(f"left_out.{ended}", cell=view.named(cell)))


def _hints(view: View, failing: Sequence[Result]) -> list[list[Part]]:
    """Return the hint ladder of the first failure, each hint to be opened after the one before."""
    if not failing or failing[0].visibility != "public":
        return []
    check = next((one for one in view.exercise.checks if one.name == failing[0].check), None)
    ladder = hints(view.exercise, view.look, check, failing[0].diagnosis) if check else ()
    return [[_paragraph(part) for part in hint.split("\n\n")] for hint in ladder]


def _paragraph(text: str) -> Part:
    return Code(text) if text.startswith((" ", "\t", "#")) else Said("", text)


def _picture(view: View, result: Result) -> str:
    """Return a student's drawing beside the expected one, as an image that needs no other file."""
    drawn = result.finding.drawn if result.finding else None
    if drawn is None or view.secret(result):
        return ""
    from grader.report.figure import draw_pair  # noqa: PLC0415 - matplotlib is loaded when there is something to draw

    picture = draw_pair(*drawn, names=(view.say("table.expected"), view.say("table.got")))
    return f"data:image/svg+xml;base64,{base64.b64encode(picture).decode('ascii')}"


def _kind(part: object) -> str:
    return type(part).__name__


@cache
def _template() -> Template:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 - loaded when a card is made

    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["aligned"] = aligned
    environment.filters["spaced"] = lambda text: text.replace(KEPT, " ")
    return environment.get_template("card.html")
