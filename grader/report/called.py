"""Sentences about what was asked for and is not there, in a call or a command, or about a picture not drawn yet."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

from grader.exercise.exercise import Exercise
from grader.report.clean import one_line
from grader.report.look import Look
from grader.report.words import fit, say

LONGEST = 200


def unknown_exercise(look: Look, slug: object, known: Sequence[str]) -> str:
    """Return that there is no such exercise, and which one was meant, or all there are."""
    near = get_close_matches(str(slug), known, 1)
    key = "called.meant" if near else "called.there_are"
    told = say(look, key, near=repr(near[0]) if near else "", known=", ".join(known))
    unknown = say(look, "called.unknown", slug=_clean(look, repr(slug)))
    return f"{unknown} {told}"


def unknown_diagnosis(look: Look, name: str, known: Sequence[str]) -> str:
    """Return that there is no such diagnosis, and which one was meant, if one is near."""
    near = get_close_matches(name, known, 1)
    unknown = say(look, "called.no_diagnosis", name=_clean(look, repr(name)))
    return f"{unknown} {say(look, 'called.meant', near=repr(near[0]))}" if near else unknown


def unreachable(look: Look, path: Path, reason: str) -> str:
    """Return that the system does not let us look at a path, and why."""
    return say(look, "called.unreachable", path=_clean(look, str(path)), reason=_clean(look, reason))


def other_number(look: Look, exercise: Exercise, given: int) -> str:
    """Return that these are more or fewer functions than the exercise has."""
    return say(look, "called.number", given=given, wanted=len(exercise.calls), call=right_call(exercise))


def unknown_check(look: Look, exercise: Exercise, asked: object) -> str:
    """Return that an exercise has no such check, and how many it has."""
    return say(look, "called.no_check", exercise=exercise.slug, check=_clean(look, repr(asked)), n=len(exercise.checks))


def no_function(look: Look, exercise: Exercise, wanted: str, kind: str) -> str:
    """Return that something that was passed cannot be called, such as its result."""
    return say(look, "called.no_function", wanted=wanted, kind=_clean(look, kind), call=right_call(exercise))


def swapped(look: Look, exercise: Exercise, wanted: str, got: str) -> str:
    """Return that one function stands in the place of another."""
    return say(look, "called.swapped", wanted=wanted, got=got, call=right_call(exercise))


def not_drawn(look: Look, kind: str = "", message: str = "") -> str:
    """Return why there is no picture: a function is not written yet, or what Python said."""
    if not kind:
        return say(look, "called.not_written")
    said = f"{_clean(look, kind)}: {_clean(look, message)}".removesuffix(": ")
    return say(look, "called.not_drawn", said=said)


def not_ended(look: Look, seconds: float) -> str:
    """Return that a picture was given up after some CPU time."""
    return say(look, "called.not_ended", seconds=f"{seconds:g}")


def right_call(exercise: Exercise) -> str:
    """Return the call as the check's cell has it."""
    return f'check("{exercise.slug}", {", ".join(exercise.calls)})'


def _clean(look: Look, text: str) -> str:
    return fit(look, one_line(text, LONGEST)[0])
