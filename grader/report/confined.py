"""Confined: what confines students' code: a status line in the reader's language, and in full, with what was tried.

The report's own line is for programs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from rich.text import Text

from grader.report.layout import INDENT, beside, paragraph, together
from grader.report.look import Look
from grader.report.words import fit, say

REASONS: Final = frozenset(  # why a layer is off; others are the system's words
    {"not asked for", "not installed", "not needed", "needs root", "needs seccomp"}
)


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


def render_confined(
    look: Look, layers: Iterable[tuple[str, str, bool]], blocked: Iterable[str], possible: Iterable[str]
) -> Text:
    """Return the list of layers, what is known of each, and of what was tried, with what came of it."""
    lines = [Text(say(look, "sandbox.layers"), style="bold")]
    for name, detail, on in layers:
        why = say(look, f"reasons.{detail}") if detail in REASONS else fit(look, detail)
        layer = f"{name}({why})" if why else name
        lines += beside(say(look, "sandbox.on" if on else "sandbox.off"), layer, look.width)
    lines += [Text(), Text(say(look, "sandbox.tried"), style="bold")]
    told = [("sandbox.blocked", name) for name in blocked] + [("sandbox.possible", name) for name in possible]
    tried = [line for what, name in told for line in beside(say(look, what), say(look, f"attempts.{name}"), look.width)]
    tried = tried or paragraph(say(look, "sandbox.nothing"), look.width, indent=INDENT)
    return together([*lines, *tried], plain=look.plain)


def without_bubblewrap(look: Look) -> Text:
    """Return what to do where a layer is missing that is easily had."""
    return together(paragraph(say(look, "sandbox.no_bubblewrap"), look.width), plain=look.plain)
