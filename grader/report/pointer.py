"""The pointer: which line of the student's file to look at next."""

from __future__ import annotations

from dataclasses import dataclass

from grader.exercise.reply import FunctionFacts
from grader.judge.outcome import Outcome
from grader.judge.report import Result
from grader.report.source import in_file, place_of
from grader.report.view import View
from grader.report.words import listing

SHOWN = 3  # lines named at most
VALUES = frozenset({Outcome.FAILED, Outcome.PARTIAL})


@dataclass(frozen=True, slots=True)
class Pointer:
    """A line of the student's file, and why it is worth a look as the end of a sentence, if there is a reason."""

    line: int
    where: str = ""


def pointer(view: View, result: Result) -> Pointer | None:
    """Return where to look: where it stopped, else where the check's parameter is used, else the definition."""
    place = place_of(result.finding) if result.finding else None
    if place is not None and in_file(view, place):
        return Pointer(place.line)
    name = view.function(result.finding.case if result.finding else "")
    facts = view.report.facts.functions.get(name)
    if facts is None or result.outcome is Outcome.MISSING:
        return None
    about = next((check.about for check in view.exercise.checks if check.name == result.check), None)
    if about is None or result.outcome not in VALUES:
        return Pointer(facts.line)
    return _used(view, facts, name, about)


def _used(view: View, facts: FunctionFacts, name: str, about: str) -> Pointer:
    used = facts.uses.get(about, ())[:SHOWN]
    if used:
        end = view.say(f"steps.lines.{'one' if len(used) == 1 else 'many'}", lines=listing(view.look, used), name=about)
        return Pointer(used[0], end)
    key = "steps.definition.unused" if about in facts.parameters else "steps.definition.begins"
    return Pointer(facts.line, view.say(key, line=facts.line, name=about if about in facts.parameters else name))
