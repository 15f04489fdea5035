"""Waiting: the one line that is shown when a check takes a moment. No spinner: it would be read out again and again."""

from __future__ import annotations

from rich.text import Text

from grader.report.look import Look
from grader.report.words import say


def render_waiting(slug: str, look: Look) -> Text:
    """Return what is being done."""
    return Text(say(look, "screen.checking", exercise=slug), style="" if look.plain else "dim")
