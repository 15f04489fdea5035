"""Showing: the picture of an exercise, drawn with a student's own functions, or a sentence about why there is none.

A picture is no check: it is drawn as soon as the functions compute something, right or wrong, because a wrong curve is
what one learns from. Until then its cell says so in a line, and raises nothing. A function that does not end is stopped
as it is in a check, or "run all" would never come to the end of the notebook.
"""

from __future__ import annotations

import io
import os
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from inspect import getdoc

from matplotlib.figure import Figure

from grader.child.traces import message
from grader.exercise.losses import CPU_SECONDS, MORE
from grader.notebook.clock import Clock, OutOfTime
from grader.notebook.kernel import Function
from grader.notebook.quiet import quiet
from grader.report.called import not_drawn, not_ended
from grader.report.look import Look, language_of

SIZE = (9.0, 3.6)  # inches
DOTS = 96  # an inch
SECONDS = MORE * CPU_SECONDS  # of CPU time: as long as a check of functions that do not end


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, and what it shows in a sentence for those who do not see it."""

    png: bytes
    alt: str

    def __repr__(self) -> str:
        return self.alt

    def _repr_mimebundle_(self, **_wanted: object) -> tuple[dict[str, object], dict[str, object]]:
        return {"image/png": self.png, "text/plain": self.alt}, {"image/png": {"alt": self.alt}}


@dataclass(frozen=True, slots=True)
class Note:
    """Why there is no picture yet."""

    text: str

    def __repr__(self) -> str:
        return self.text


def show(picture: Callable[..., None], *functions: Function, lang: str | None = None) -> Picture | Note:
    """Draw a picture with your functions.

    Parameters
    ----------
    picture : callable
        Draws on an empty `matplotlib.figure.Figure`: ``picture(figure, *functions)``.
    functions : callable
        Your functions.
    lang : str, optional
        ``"en"`` or ``"es"``; else what the environment says.

    Returns
    -------
    Picture or Note
        What was drawn, or why nothing was: a function that is not written or does not end, or what Python said.
    """
    look = Look(language=language_of(os.environ, lang), plain=True)
    figure, made = Figure(figsize=SIZE, layout="constrained"), io.BytesIO()
    clock, note = Clock(SECONDS), ""
    with quiet(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with clock:
                picture(figure, *functions)
                figure.savefig(made, format="png", dpi=DOTS)
        except OutOfTime:
            pass  # ``over`` says it, too, when a student's function has caught it and gone on
        except NotImplementedError:
            note = not_drawn(look)
        except Exception as error:  # noqa: BLE001 - a student's function may raise anything; the cell says what
            note = not_drawn(look, type(error).__name__, message(error))
        finally:
            clock.stop()
    if clock.over:
        note = not_ended(look, SECONDS)
    return Note(note) if note else Picture(made.getvalue(), (getdoc(picture) or "").partition("\n")[0])
