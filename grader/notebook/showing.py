"""Showing: the picture of an exercise, drawn with a student's own functions, or a sentence about why there is none.

A picture is no check: it is drawn as soon as the functions compute something, right or wrong, because a wrong curve is
what one learns from. Until then its cell says so in a line, and raises nothing.
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
from grader.notebook.kernel import Function
from grader.notebook.quiet import quiet
from grader.report.called import not_drawn
from grader.report.look import Look, language_of

SIZE = (9.0, 3.6)  # inches
DOTS = 96  # an inch


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
        What was drawn, or why nothing was: a function that is not written, or what Python said.
    """
    look = Look(language=language_of(os.environ, lang), plain=True)
    figure = Figure(figsize=SIZE, layout="constrained")
    with quiet(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            picture(figure, *functions)
            made = io.BytesIO()
            figure.savefig(made, format="png", dpi=DOTS)
        except NotImplementedError:
            return Note(not_drawn(look))
        except Exception as error:  # noqa: BLE001 - a student's function may raise anything; the cell says what
            return Note(not_drawn(look, type(error).__name__, message(error)))
    return Picture(made.getvalue(), (getdoc(picture) or "").partition("\n")[0])
