"""One failing check in full: smallest case, table, rule broken, probable cause, next step, more.

The order and the labels are fixed, and a part that is not known is left out. This block is the failure text
of the pytest plugin, and stands in the screen of ``grader check`` and in feedback files.
"""

from __future__ import annotations

from rich.text import Text

from grader.exercise.exercise import Exercise
from grader.judge.outcome import Outcome
from grader.judge.report import Finding, Report, Result
from grader.report.digits import points
from grader.report.evidence import evidence
from grader.report.hint import hint_call
from grader.report.layout import KEPT, TEXT, Lines, beside, ends, fold, labelled, paragraph, stripped, together
from grader.report.look import Look
from grader.report.picture import picture_named
from grader.report.pointer import VALUES, pointer
from grader.report.todo import todo_lines
from grader.report.view import View, exercise_list, usual_path
from grader.report.words import outcome_word

BAD = frozenset(
    {
        Outcome.FAILED,
        Outcome.PARTIAL,
        Outcome.CRASHED,
        Outcome.TIMEOUT,
        Outcome.MEMORY,
        Outcome.MISSING,
        Outcome.TAMPERED,
    }
)
STYLES = {
    Outcome.PASSED: "green",
    Outcome.PARTIAL: "yellow",
    Outcome.TODO: "dim",
    Outcome.SKIPPED: "dim",
    Outcome.ERROR: "dim",
}
APART = "    "  # between two commands


def render_result(exercise: Exercise, report: Report, result: Result, look: Look, *, path: str | None = None) -> Text:
    """Return the block of one check of a report."""
    view = View(exercise, report, look, path or usual_path(exercise))
    return together(block(view, result), plain=look.plain)


def block(view: View, result: Result) -> Lines:
    """Return one check in full, as lines."""
    lines = heading(view, result)
    if result.outcome is Outcome.TODO and not view.secret(result):
        return [*lines, Text(), *todo_lines(view, result)]
    if result.outcome not in BAD:
        return lines
    finding = result.finding or Finding("")
    body = secret_lines(view, result) if view.secret(result) else _body(view, result, finding)
    return [*lines, Text(), *body] if body else lines


def heading(view: View, result: Result) -> Lines:
    """Return ``FAIL 4: title`` with the diagnosis, else a share of the points, at the right edge."""
    word = outcome_word(view.look, result.outcome)
    start = f"{word} {view.number(result)}: ".lstrip()
    left = Text(start, style=f"bold {STYLES.get(result.outcome, 'red')}")
    share = earned(view, result) if result.outcome is Outcome.PARTIAL else ""
    right = Text(result.diagnosis or share, style="dim")
    return ends(left, view.title(result.check), right, view.look.width, style="bold")


def earned(view: View, result: Result) -> str:
    """Return the points of a check."""
    return view.say("screen.points", points=points(result.points), total=points(result.max_points))


def _body(view: View, result: Result, finding: Finding) -> Lines:
    lines = [*evidence(view, result.outcome, finding), *picture_named(view, result)]
    return stripped(lines + told_lines(view, result, finding) + _more(view, result))


def told_lines(view: View, result: Result, finding: Finding) -> Lines:
    """Return what the evidence means: the rule, the cause, the next step."""
    lines: Lines = []
    if result.outcome in VALUES:
        rule = view.filled(f"checks.{result.check}.rule", finding.measures)
        lines += beside(view.say("labels.rule"), rule, view.look.width) if rule else []
    cause = _cause(view, result, finding)
    label = "labels.cause" if result.outcome in VALUES else "labels.why"
    lines += beside(view.say(label), cause, view.look.width) if cause else []
    step = _next(view, result, finding)
    lines += beside(view.say("labels.next"), step, view.look.width) if step else []
    return lines


def secret_lines(view: View, result: Result) -> Lines:
    """Return what a student may read of a check whose inputs they may not see: texts without numbers."""
    name, rule = result.diagnosis, None
    if result.outcome in VALUES:
        rule = view.fixed(f"checks.{result.check}.rule")
    cause = view.fixed(f"diagnoses.{name}.cause") if name else None
    step = (view.fixed(f"diagnoses.{name}.next") if name else None) or view.fixed(f"checks.{result.check}.next")
    told = (("rule", rule), ("cause" if result.outcome in VALUES else "why", cause), ("next", step))
    lines: Lines = []
    for label, text in told:
        lines += beside(view.say(f"labels.{label}"), text, view.look.width) if text else []
    return lines or paragraph(view.say("screen.hidden"), view.look.width, indent=2)


def _cause(view: View, result: Result, finding: Finding) -> str:
    """Return the cause, and on how many inputs it was seen if it was found by behaviour."""
    cause = view.filled(f"diagnoses.{result.diagnosis}.cause", finding.measures) if result.diagnosis else None
    if cause is None:
        return ""
    return f"{cause} {view.say('screen.tried', n=finding.tried)}" if finding.tried > 1 else cause


def _next(view: View, result: Result, finding: Finding) -> str:
    """Return the next step, and where to look."""
    step = view.filled(f"diagnoses.{result.diagnosis}.next", finding.measures) if result.diagnosis else None
    if result.outcome in VALUES:
        step = step or view.filled(f"checks.{result.check}.next", finding.measures)
    else:
        known = "not_run" if finding.unrun else "waiting" if finding.waited else result.outcome
        step = step or view.say(f"steps.{known}", function=view.function(finding.case))
    there = pointer(view, result)
    if there is None or not there.where:
        return step or ""
    return (
        f"{step} {view.say('steps.then_look_at', where=there.where)}"
        if step
        else view.say("steps.look_at", where=there.where)
    )


def _more(view: View, result: Result) -> Lines:
    """Return the commands, or in a notebook the call, that tell more of this check, where there is more."""
    slug, name = view.exercise.slug, result.diagnosis
    keys = (f"diagnoses.{name}.hints", f"checks.{result.check}.hints")
    hinted = any(exercise_list(view.exercise, view.look, key) for key in keys)
    asked = hint_call(slug, view.number(result), notebook=view.notebook).replace(KEPT, " ")
    commands = [asked] if hinted and result.visibility == "public" else []
    explained = name and view.text(f"diagnoses.{name}.cause") and not view.notebook  # a card tells all of it
    commands += [f"grader explain {name}"] if explained else []
    room = view.look.width - TEXT
    one = APART.join(commands)
    lines = [one] if len(one) <= room else [line for each in commands for line in fold(each, room)]
    return labelled(view.say("labels.more"), lines if commands else [])
