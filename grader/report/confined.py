"""Confined: the status line of the sandbox in the reader's language; the report's own is for programs."""

from __future__ import annotations

from collections.abc import Sequence

from grader.report.look import Look
from grader.report.words import say


def confinement_line(look: Look, on: Sequence[str], *, blocked: int, possible: Sequence[str]) -> str:
    """Return what confined a student's code, as it was verified.

    Parameters
    ----------
    on
        The layers that were on; their names are the same in every language.
    blocked
        How many forbidden things were tried and did not work.
    possible
        Those that worked.
    """
    layers = "+".join(on) or say(look, "confined.process")
    if not blocked and not possible:
        return say(look, "confined.unverified", layers=layers)
    line = say(look, "confined.verified", layers=layers, blocked=blocked, tried=blocked + len(possible))
    if not possible:
        return line
    worked = ", ".join(say(look, f"attempts.{name}") for name in possible)
    return f"{line} | " + say(look, "confined.possible", things=worked)
