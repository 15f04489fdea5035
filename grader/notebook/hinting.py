"""Hinting: ``hint("softmax", 1)`` in a notebook, one step of the ladder of ``grader hint`` at a time."""

from __future__ import annotations

import os
from dataclasses import dataclass

from grader.notebook.checking import find_exercise
from grader.notebook.memory import MEMORY
from grader.notebook.score import WrongCall
from grader.report.called import unknown_check
from grader.report.hint import find_check, render_hint
from grader.report.look import Look, language_of
from grader.student.hinting import diagnosis_of, next_hint, stuck_at


@dataclass(frozen=True, slots=True)
class Shown:
    """A hint, as text."""

    text: str

    def __repr__(self) -> str:
        return self.text


def hint(
    slug: str,
    check: int | str | None = None,
    *,
    more: bool = False,
    lang: str | None = None,
    course: str | os.PathLike[str] | None = None,
) -> Shown:
    """Show a hint for a check: where to look, and one step further after the code was changed and checked again.

    Parameters
    ----------
    slug : str
        The exercise, such as ``"softmax"``.
    check : int or str, optional
        The number or the name of one of its checks; else the first that does not pass.
    more : bool
        Open the next hint now.
    lang : str, optional
        ``"en"`` or ``"es"``; else what the environment says.
    course : path, optional
        A folder of exercises; else as for `check`.

    Returns
    -------
    Shown
        The hint; as the last line of a cell it is shown as text.

    Raises
    ------
    WrongCall
        If there is no such exercise, or it has no such check.
    """
    look = Look(language=language_of(os.environ, lang), plain=True)
    exercise, _ = find_exercise(slug, look, course)
    history = MEMORY.history
    found = stuck_at(exercise, history) if check is None else find_check(exercise, str(check))
    if found is None:
        raise WrongCall(unknown_check(look, exercise, check))
    step = next_hint(exercise, history, found, look, more=more)
    MEMORY.shown(step)
    named = diagnosis_of(exercise, history, found)
    return Shown(render_hint(exercise, found, look, diagnosis=named, level=step.level, notebook=True).plain)
