"""Checks: named expectations with points, written as functions of a subject."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from grader.exercise.probe import Group

MEND = "correct it, or restore it"  # a file that somebody broke, be it an author or a student who unpacked it


class AuthorError(Exception):
    """An exercise is not as it must be: what is wrong, where, and what to do."""


@dataclass(frozen=True, slots=True, eq=False)
class Check:
    """One expectation: its first docstring line is what a student reads."""

    name: str
    title: str
    points: float
    run: Callable[..., None]
    on: Group | None = None
    about: str | None = None
    finds: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    wants_reference: bool = False
    visibility: str = "public"

    @property
    def hidden(self) -> bool:
        """Whether a student may not see what it asks."""
        return self.visibility != "public"


def check(
    *,
    points: float,
    on: Group | None = None,
    about: str | None = None,
    finds: Sequence[str] = (),
    needs: Sequence[str] = (),
) -> Callable[[Callable[..., None]], Check]:
    """Declare the decorated function as a check.

    Parameters
    ----------
    points : float
        What it is worth; 0 is allowed.
    on : Group, optional
        The probes on which a failure is diagnosed.
    about : str, optional
        The parameter of the student's function whose lines are pointed at.
    finds : sequence of str
        Diagnoses that this check must be able to name; ``otherwise=`` may use only these.
    needs : sequence of str
        Names of checks that must pass first, else this one waits.
    """

    def declare(function: Callable[..., None]) -> Check:
        return Check(
            name=function.__name__,
            title=(inspect.getdoc(function) or "").partition("\n")[0].rstrip("."),
            points=float(points),
            run=function,
            on=on,
            about=about,
            finds=tuple(finds),
            needs=tuple(needs),
            wants_reference=_wants_reference(function),
        )

    return declare


def _wants_reference(function: Callable[..., Any]) -> bool:
    names = list(inspect.signature(function).parameters)
    if names not in (["subject"], ["subject", "reference"]):
        given = ", ".join(names)
        raise AuthorError(f"check {function.__name__}({given}): its parameters must be subject, or subject, reference")
    return names[-1] == "reference"
