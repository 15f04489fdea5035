"""The evidence of a failing check: what was called, and what came of it, in the form that suits the outcome."""

from __future__ import annotations

from collections.abc import Callable

from rich.text import Text

from grader.judge.outcome import Outcome
from grader.judge.report import Finding
from grader.report.described import sentence
from grader.report.digits import seconds
from grader.report.drawn import drawing_table, part_named
from grader.report.layout import TEXT, Lines, beside, fold, fold_code, labelled, stripped
from grader.report.measured import measure_table
from grader.report.reason import noted
from grader.report.source import excerpt, in_file, local_values, located, place_of
from grader.report.table import value_table
from grader.report.view import View

WARNINGS = 2
NAMES = 5
LONGEST_CASE = 1000  # beyond this nobody pastes it; a declared call may say what to show instead


def evidence(view: View, outcome: Outcome, finding: Finding) -> Lines:
    """Return the part of a screen that shows what happened."""
    show = _unrun if finding.unrun else EVIDENCE.get(outcome, _values)
    return show(view, finding)


def _values(view: View, finding: Finding) -> Lines:
    lines = case_lines(view, finding)
    drawn, table = drawing_table(view, finding), value_table(view, finding)
    lines += [Text(), *drawn, *part_named(view, finding)] if drawn else []
    lines += [Text(), *table, Text()] if table else sentence(view, finding) or ([Text()] if drawn else [])
    measured = measure_table(view, finding)
    lines = [*stripped(lines), Text(), *measured] if measured else stripped(lines)
    return [*lines, *([Text()] if lines else []), *warned_lines(view, finding)]


def case_lines(view: View, finding: Finding) -> Lines:
    """Return the smallest call that shows what is wrong."""
    return _case(view, "labels.smallest", finding)


def warned_lines(view: View, finding: Finding) -> Lines:
    """Return what Python warned of in that call."""
    warned = list(dict.fromkeys(finding.warned))[:WARNINGS]
    folded = [line for warning in warned for line in fold(view.theirs(warning), view.look.width - TEXT)]
    return labelled(view.say("labels.warned"), folded)


def _crash(view: View, finding: Finding) -> Lines:
    lines = [*_case(view, "labels.smallest", finding), Text()]
    if finding.raised is not None:
        said = f"{view.theirs(finding.raised.kind, 60)}: {view.theirs(finding.raised.message)}"
        lines += beside(view.say("labels.said"), said.removesuffix(": "), view.look.width)
    else:
        said = _with_note(view, "evidence.ended", finding)
        lines += beside(view.say("labels.why"), said, view.look.width)
    return lines + _place(view, "labels.where", finding, before=1)


def _slow(view: View, finding: Finding) -> Lines:
    lines = _case(view, "labels.stopped_case", finding)
    limit = finding.limit or finding.seconds
    if limit:
        said = [_stopped_after(view, finding, limit)]
        said += [view.say("evidence.hurried")] if limit < view.exercise.limits.cpu_seconds else []
        known = finding.reference_seconds
        said += [view.say("evidence.reference", seconds=seconds(known))] if known else []
        lines += beside(view.say("labels.stopped_after"), " ".join(said), view.look.width)
    return lines + _place(view, "labels.at", finding, after=1)


def _stopped_after(view: View, finding: Finding, limit: float) -> str:
    """Return the CPU time at which a call was stopped, or how long it had given no answer, if that was why."""
    if finding.waited:
        return view.say("evidence.silent", seconds=_about(finding.waited), used=seconds(finding.seconds or 0.0))
    return f"{_about(limit)} s."


def _about(value: float) -> str:
    return seconds(value) if value < 1 else f"{value:.1f}"


def _unrun(view: View, finding: Finding) -> Lines:
    """Return a call that was not made, whatever became of those before it."""
    return [
        *_case(view, "labels.not_run", finding),
        *beside(view.say("labels.why"), view.say("evidence.unrun"), view.look.width),
    ]


def _memory(view: View, finding: Finding) -> Lines:
    lines = _case(view, "labels.stopped_case", finding)
    said = view.say("evidence.memory", limit=view.exercise.limits.memory_mb)
    lines += beside(view.say("labels.memory"), said, view.look.width)
    if finding.raised is not None:
        said = f"{view.theirs(finding.raised.kind, 60)}: {view.theirs(finding.raised.message)}"
        lines += beside(view.say("labels.said"), said.removesuffix(": "), view.look.width)
    return lines + _place(view, "labels.at", finding, before=1)


def _missing(view: View, finding: Finding) -> Lines:
    said = view.say("evidence.no_function", function=view.function(finding.case), path=view.mentioned())
    lines = [view.link(line) for line in beside(view.say("labels.looked_for"), said, view.look.width)]
    names = list(view.report.facts.functions)[:NAMES]
    if names:
        defined = ", ".join(f"{view.theirs(name, 60)}()" for name in names)
        lines += beside(view.say("labels.found"), defined, view.look.width)
    return lines


def _tampered(view: View, finding: Finding) -> Lines:
    said = _with_note(view, "evidence.reply", finding)
    return [
        *_case(view, "labels.smallest", finding),
        *beside(view.say("labels.reply"), said, view.look.width),
    ]


def _with_note(view: View, key: str, finding: Finding) -> str:
    note = noted(view, finding.note)
    return view.say(key) + (f" ({note})" if note else "")


def _case(view: View, label: str, finding: Finding) -> Lines:
    """Return the call as Python that can be pasted, with the entry of its result if it has one."""
    if not finding.case:
        return []
    code = finding.case + ("" if finding.drawn else finding.key)
    if len(code) > LONGEST_CASE:
        said = view.say("evidence.long_case", function=view.function(code), n=len(code))
        return beside(view.say(label), said, view.look.width)
    return labelled(view.say(label), fold_code(view.theirs(code, LONGEST_CASE), view.look.width - TEXT))


def _place(view: View, label: str, finding: Finding, *, before: int = 0, after: int = 0) -> Lines:
    place = place_of(finding)
    if place is None:
        return []
    lines = located(view, view.say(label), place)
    if not in_file(view, place):
        return lines
    shown = excerpt(view, place.line, before=before, after=after, below=local_values(view, place))
    return [*lines, Text(), *shown, Text()] if shown else lines


EVIDENCE: dict[Outcome, Callable[[View, Finding], Lines]] = {
    Outcome.CRASHED: _crash,
    Outcome.TIMEOUT: _slow,
    Outcome.MEMORY: _memory,
    Outcome.MISSING: _missing,
    Outcome.TAMPERED: _tampered,
}
