"""Note: a line for an instructor's terminal or log. Names and texts in it are a student's, so it is cleaned as a whole.

Else the name of a cell or a file could clear the screen, or add a line that says what the grader never said.
"""

from __future__ import annotations

from typing import Final

from grader.report.clean import one_line

LONGEST: Final = 1000  # letters; what is longer is cut


def note(*parts: str) -> str:
    """Return a clean line: whose submission it is, which file of it, and what is to be said of that."""
    return one_line(": ".join(parts), LONGEST)[0]
